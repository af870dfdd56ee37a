internal import Diagnosis
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

/// What is found out when a target refuses valid requests: what the secret and the answer say, and by which recipe the
/// target verifies.
struct RefusalDiagnosis {
    let exchanger: Exchanger
    let environment: RunEnvironment

    private var configuration: RunConfiguration { environment.configuration }

    /// - Parameter last: the valid request that was refused, and its answer.
    func run(after last: Exchanger.Sent) -> [Diagnosis] {
        let scheme = configuration.scheme
        var found = SecretInspection.mistakes(in: configuration.secret.text, for: scheme).map { Diagnosis(.secret($0)) }
        let reading = last.observed.answer.flatMap(AnswerReading.init)
        if let reading { found.append(Diagnosis(.answer(reading))) }
        guard last.observation == .rejected, reading?.explainsAll != true, configuration.diagnosisRequests > 0 else {
            return found
        }
        let body = BodySource(Draft(environment.deliveries.next()).body)
        let url = environment.subject.name.hasPrefix("http") ? environment.subject.name : nil
        let search = LiveSearch(
            RecipeSpace(scheme, url: url, body: body), limit: configuration.diagnosisRequests,
            triesPairs: configuration.diagnosesPairs, next: environment.deliveries.next, ask: ask)
        return [Diagnosis(search.run())] + found
    }

    private func ask(_ request: SignedRequest) -> LiveSearch.Answer {
        if environment.signals.isInterrupted { return .end(.interrupted) }
        let sent = exchanger.send(request)
        if sent.isLimited { return .end(.limited) }
        switch sent.observation {
        case .accepted: return .accepted
        case .silent, nil: return .end(.lost)
        case .rejected, .crashed, .odd: return .refused
        }
    }
}

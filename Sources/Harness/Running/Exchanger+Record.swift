internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

extension Exchanger.Sent {
    /// The request and its answer as text, without secrets. The right signature is left out too: whoever reads a report
    /// could send a valid request again, above all where no timestamp ages it.
    func record(_ environment: RunEnvironment) -> RunRecord.Record {
        let (configuration, redactor) = (environment.configuration, environment.redactor)
        let (scheme, rule) = (configuration.scheme, configuration.scheme.signature)
        let rightSignatures = redactor.secrets.flatMap { secret in
            // A probe may carry the right signature of another message, such as that of its control.
            [
                rule.encoding.decode(scheme.rightSignature(for: request.request, key: secret.key)) ?? [],
                rule.algorithm.sign(request.message, key: secret.key),
            ]
        }
        func text(_ bytes: [UInt8], limit: Int = 4096) -> String {
            redactor.text(bytes, limit: limit, signatures: rightSignatures)
        }
        let answer: String =
            switch observed.result {
            case .success(let answer): text(answer.headBytes, limit: 2048) + text(answer.body)
            case .failure(let failure): "[\(text(Array(failure.detail.utf8)))]"
            }
        return RunRecord.Record(
            request: text(request.request.wireBytes), answer: answer, nanoseconds: observed.nanoseconds)
    }
}

extension Report {
    /// Keeps a request as the evidence of a case, in a run that keeps any.
    mutating func keep(_ sent: Exchanger.Sent?, asEvidenceOf id: String, _ environment: RunEnvironment) {
        guard environment.configuration.keepsEvidence else { return }
        record.evidence[id] = RunRecord.Evidence(
            control: nil, probe: sent?.record(environment),
            message: environment.redactor.text(sent?.request.message ?? []))
    }
}

extension RunConfiguration {
    /// Returns a redactor that knows every secret that was given.
    func makeRedactor() -> Redactor {
        let redactor = Redactor()
        redactor.hide(secret)
        for (name, value) in credentials.sorted(by: { $0.key < $1.key }) { redactor.hide(value, as: name) }
        if let second = facilities.second { redactor.hide(second.secret) }
        if let admin = facilities.admin { redactor.hide(admin.token, as: "admin-token") }
        if case .channel(_, _, let token?) = facilities.rotation { redactor.hide(token, as: "admin-token") }
        return redactor
    }
}

extension HTTPResponse {
    /// The status line and the header lines, for people.
    fileprivate var headBytes: [UInt8] {
        var bytes = Array("HTTP/1.1 \(status) ".utf8) + reason + [0x0A]
        for field in headers.fields { bytes += field.name + Array(": ".utf8) + field.value + [0x0A] }
        return bytes + [0x0A]
    }
}

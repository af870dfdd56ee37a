internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

/// Judges deliveries, however they were received, and words what was seen of them.
struct SenderJudge: Sendable {
    let configuration: RunConfiguration
    let redactor: Redactor
    let check: SecretCheck
    let pace: SenderPace
    /// The keys of the valid secrets.
    let keys: [[UInt8]]

    /// Creates a judge.
    ///
    /// - Parameter replacement: the secret that replaced that of the run, or that is used in its place.
    init(_ configuration: RunConfiguration, _ redactor: Redactor, pace: SenderPace, replacement: Secret? = nil) {
        self.configuration = configuration
        self.redactor = redactor
        self.pace = pace
        keys = [configuration.secret.key] + (replacement.map { [$0.key] } ?? [])
        check = SecretCheck(configuration, replacement: replacement)
    }

    /// The attempts at one delivery, and what arrived where its redirects led.
    struct Delivery: Sendable {
        let attempts: [Arrival]
        var redirected: [Arrival] = []
        var handshakes: [HandshakeEnd] = []
        /// What the receiver did before anything arrived, as steps.
        var preparations: [String] = []
    }

    /// Returns the harm that a case found, and why it found it or could not be judged.
    func judgement(_ procedure: SenderProcedure, _ deliveries: [Delivery]) -> (Impact?, Reason?) {
        let observation = SenderObservation(
            scheme: configuration.scheme, rule: configuration.scheme.deliveryOrDefault,
            deliveries: deliveries.map(\.attempts), redirected: deliveries.flatMap(\.redirected),
            handshakes: deliveries.flatMap(\.handshakes), pace: pace, check: check)
        do {
            try procedure.judge(observation)
            return (nil, nil)
        } catch let finding as Finding {
            return (finding.impact, .finding(safe(finding.text)))
        } catch let obstacle as Obstacle {
            switch obstacle.kind {
            case .skip(let reason): return (nil, .skipped(reason))
            case .refusedControl(let text): return (nil, .inconclusive(.obstacle(safe(text))))
            case .doubt(let doubt): return (nil, .inconclusive(doubt))
            }
        } catch {
            return (nil, .inconclusive(.obstacle(safe("\(error)"))))
        }
    }

    /// What a delivery is in a report: accepted when it verifies.
    func observed(_ arrival: Arrival) -> CaseResult.Observed {
        let isGenuine = check.verdict(on: arrival).isAccepted
        var observed = CaseResult.Observed(observation: isGenuine ? .accepted : .rejected)
        switch arrival.answer {
        case .status(let status, _, _), .redirect(let status, _): observed.status = status
        case .silence, .slowHead, .slowBody, .endless, .close, .reset: break
        }
        return observed
    }
}

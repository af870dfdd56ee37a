internal import ReportModel
internal import Schemes
internal import Synchronization

/// Whether the verdicts of a run follow from its requests (honesty rules 11 and 13): what is known from valid requests
/// that were refused at first, and from wrong signatures that are sent between the cases.
final class Steadiness: Sendable {
    private struct Seen {
        var validRefused: Exchanger.Sent?
        var wrongAccepted: [Exchanger.Sent] = []
        var wrongRefused = false
        var isOutOfStep = false
    }

    private let seen = Mutex(Seen())

    /// A valid request was refused, and one like it was accepted right after.
    func refusedAtFirst(_ sent: Exchanger.Sent) { seen.withLock { $0.validRefused = $0.validRefused ?? sent } }

    /// A request with a wrong signature was answered.
    func answeredWrongSignature(_ sent: Exchanger.Sent) {
        seen.withLock { seen in
            switch sent.observation {
            case .accepted: seen.wrongAccepted.append(sent)
            case .rejected: seen.wrongRefused = true
            case .crashed, .silent, .odd, nil: break
            }
        }
    }

    /// Whether a valid request was ever refused at first: then no single refusal can be blamed on what it changes.
    var hasRefusedValid: Bool { seen.withLock { $0.validRefused != nil } }

    /// A request was answered otherwise on a kept connection than on a fresh one, after one that was refused.
    func gotOutOfStep() { seen.withLock { $0.isOutOfStep = true } }

    /// Whether that ever happened.
    var isOutOfStep: Bool { seen.withLock { $0.isOutOfStep } }

    /// Returns what is wrong, and the request that shows it; `nil` while nothing is.
    ///
    /// - Parameter effects: the ids of all deliveries that took effect, without which nothing was accepted; `nil` when
    ///   they are not known.
    func finding(by effects: Set<[UInt8]>?) -> (unsteadiness: Unsteadiness, shownBy: Exchanger.Sent)? {
        let seen = seen.withLock { $0 }
        let accepted = seen.wrongAccepted.filter { effects?.contains($0.request.eventID) ?? true }
        if let sent = accepted.first {
            let isRefusedToo = seen.wrongRefused || accepted.count < seen.wrongAccepted.count
            return (isRefusedToo ? .bothWays : .wrongSignatureAccepted, sent)
        }
        return seen.validRefused.map { (.validRefused($0.summary), $0) }
    }
}

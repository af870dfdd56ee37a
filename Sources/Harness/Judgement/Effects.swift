internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Subjects

/// The ids of a probe and of the control beside it, to look their effects up by.
struct SentIDs: Sendable {
    let probe: [UInt8]
    let control: [UInt8]
    /// How many requests the run had sent by then.
    let number: Int

    /// `nil` when the probe's id is not where the scheme has it: the effect of such a request may be listed under another
    /// id, or under none, and its absence shows nothing.
    init?(probe: SignedRequest, control: SignedRequest, _ scheme: Scheme, number: Int) {
        guard scheme.eventID(of: probe.request) == probe.eventID else { return nil }
        self.probe = probe.eventID
        self.control = control.eventID
        self.number = number
    }
}

extension CaseResult {
    /// Whether its effect, if there is one, is listed under the id that was sent: who changes the id may change how its
    /// effect is listed.
    fileprivate var isListedByID: Bool { !changes.contains(.eventID) }
    /// Whether its request tells of an event that must take effect: a ping is answered and no more.
    fileprivate var isOfNewEvent: Bool { info.topic != .handshake && isListedByID }
}

extension Report {
    /// Lets effects outrank statuses (honesty rule 12).
    ///
    /// - Parameters:
    ///   - effects: the ids of all deliveries that took effect.
    ///   - sent: the ids that each case sent, by its place in the report.
    ///   - lastIDs: the id of the last request of each scenario that was judged by answers alone.
    mutating func judge(
        byEffects effects: Set<[UInt8]>, of sent: [Int: SentIDs], _ lastIDs: [Int: [UInt8]],
        _ environment: RunEnvironment
    ) {
        var withoutEffect = [Int]()
        let seen = sent.values.filter { effects.contains($0.control) }.map(\.number)
        guard let first = seen.min(), let last = seen.max() else { return }
        let isWhole = seen.count == sent.count
        for (place, ids) in sent.sorted(by: { $0.key < $1.key }) {
            let tookEffect = effects.contains(ids.probe)
            // A list may have lost what is old, and not yet have what is new.
            let isListed = isWhole || ids.number > first + Self.margin && ids.number + Self.margin < last
            guard tookEffect || isListed else { continue }
            cases[place].observed?.effect = tookEffect
            let (decision, observation) = (cases[place].expected.decision, cases[place].observed?.observation)
            switch (decision, observation, tookEffect) {
            case (.rejected, .accepted, false) where cases[place].impact == .forgery && cases[place].isListedByID:
                withoutEffect.append(place)
            case (.rejected, .rejected, true), (.rejected, .crashed, true), (.rejected, .odd, true),
                (.rejected, .silent, true):
                blame(place, .forgery, .refusedWithEffect, environment)
                cases[place].info.severity = .critical
            case (.accepted, .accepted, false) where cases[place].isOfNewEvent:
                blame(place, .refusal, .acceptedWithoutEffect(1), environment)
            default: break
            }
        }
        guard !withoutEffect.isEmpty else { return }
        for place in withoutEffect { meet(place) }
        // An answer of this target says nothing of what its effect is not known of.
        for place in cases.indices where cases[place].impact == .forgery && cases[place].observed?.effect == nil {
            let isProbe = Catalogue.named(cases[place].id)?.probe != nil
            guard isProbe || lastIDs[place].map({ !effects.contains($0) }) == true else { continue }
            cases[place].outcome = .skipped
            cases[place].impact = nil
            cases[place].reason = .skipped(.statusOnly)
        }
        addAcceptance(of: withoutEffect.count, like: withoutEffect[0], environment)
    }

    /// A control at the edge of a list may be in it without its probe, which was sent before other requests: two of each
    /// of eight lanes.
    private static let margin = 16

    private mutating func blame(_ place: Int, _ impact: Impact, _ reason: Reason, _ environment: RunEnvironment) {
        guard let testCase = Catalogue.named(cases[place].id) else { return }
        cases[place] = CaseResult(
            testCase, environment.configuration, impact: impact, reason: reason, observed: cases[place].observed,
            control: cases[place].control)
    }

    /// A probe that had no effect was refused, whatever the answer says.
    private mutating func meet(_ place: Int) {
        cases[place].outcome = .pass
        cases[place].impact = nil
        cases[place].reason = nil
    }

    /// One finding says of all that their answers were wrong.
    private mutating func addAcceptance(of count: Int, like place: Int, _ environment: RunEnvironment) {
        guard let testCase = Catalogue.named(Self.statusCase) else { return }
        let own = cases.firstIndex { $0.id == testCase.id }
        let result = CaseResult(
            testCase, environment.configuration, impact: .contract, reason: .acceptedWithoutEffect(count),
            observed: cases[place].observed, control: cases[place].control)
        record.evidence[testCase.id] = record.evidence[testCase.id] ?? record.evidence[cases[place].id]
        if let own { cases[own] = result } else { cases.append(result) }
        // Measured by answers, a window that is answered before it is looked at has no edges.
        measurements.window = nil
        measurements.failed.insert(.window)
    }
}

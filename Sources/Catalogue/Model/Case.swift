package import ReportModel
package import Schemes

/// One question to a subject: what it says of itself, what it needs, and how the question is put.
@dynamicMemberLookup
package struct Case: Sendable {
    /// What it says of itself, with the most that it asks of any scheme as its level.
    package let info: CaseInfo
    /// What it needs to make sense.
    package let needs: [Requirement]
    /// The smallest profile that runs it.
    package let profile: Profile
    /// Why it stays although no flaw of the reference endpoint needs it to be caught; `nil` for every other case.
    package let keptFor: Keeping?
    /// How the question is put.
    package let procedure: Procedure

    private init(
        info: CaseInfo, needs: [Requirement], profile: Profile, keptFor: Keeping?, procedure: Procedure
    ) {
        self.info = info
        self.needs = needs
        self.profile = profile
        self.keptFor = keptFor ?? KeptCases.reasons[info.id]
        self.procedure = procedure
    }

    /// Creates a case of one probe beside its control. The closures change the draft of a valid request; the probe's
    /// runs after the control's.
    package init(
        _ id: String, _ level: Level, _ topic: Topic, _ severity: Severity, covers: [String], cwe: [Int],
        needs: [Requirement] = [], changes: Change, _ title: String, why: String, fix: String, expect: Expectation,
        profile: Profile = .standard, keptFor: Keeping? = nil,
        control: @escaping @Sendable (inout Draft) -> Void = { _ in },
        probe: @escaping @Sendable (inout Draft) -> Void
    ) {
        self.init(
            info: CaseInfo(
                id: id, title: title, level: level, topic: topic, severity: severity, cwe: cwe, covers: covers,
                why: why, fix: fix),
            needs: needs, profile: profile, keptFor: keptFor,
            procedure: .probe(Probe(changes: changes, expectation: expect, control: control, probe: probe)))
    }

    /// Returns a case of several requests.
    ///
    /// - Parameters:
    ///   - expects: what becomes of the telling request at a sound endpoint.
    ///   - waits: how long it waits in a scheme, in seconds of the target's clock.
    ///   - run: sends the requests; it throws a `Finding` when the target is at fault, and an `Obstacle` when that can't
    ///     be told.
    package static func scenario(
        _ id: String, _ level: Level, _ topic: Topic, _ severity: Severity, covers: [String], cwe: [Int],
        needs: [Requirement] = [], expects: Decision, _ title: String, why: String, fix: String,
        profile: Profile = .standard, keptFor: Keeping? = nil,
        waits: @escaping @Sendable (Scheme) -> Int64 = { _ in 0 },
        run: @escaping @Sendable (any ScenarioSession) throws -> Void
    ) -> Case {
        Case(
            info: CaseInfo(
                id: id, title: title, level: level, topic: topic, severity: severity, cwe: cwe, covers: covers,
                why: why, fix: fix),
            needs: needs, profile: profile, keptFor: keptFor,
            procedure: .scenario(Scenario(expects: expects, waits: waits, run: run)))
    }

    /// Returns a case about a sender.
    ///
    /// - Parameters:
    ///   - answers: the answers to the first, second, … attempt; the last one repeats.
    ///   - deliveries: how many deliveries are triggered.
    ///   - watch: how long the receiver watches each of them.
    ///   - replay: what of recorded traffic it judges.
    ///   - setting: under which circumstances it is put.
    ///   - judge: judges what arrived; it throws a `Finding` when the sender is at fault, and an `Obstacle` when that
    ///     can't be told.
    package static func sender(
        _ id: String, _ level: Level, _ topic: Topic, _ severity: Severity, covers: [String], cwe: [Int],
        needs: [Requirement] = [], _ title: String, why: String, fix: String, profile: Profile = .standard,
        answers: @escaping @Sendable (DeliveryRule) -> [StagedAnswer] = { _ in [.done] }, deliveries: Int = 1,
        watch: @escaping @Sendable (DeliveryRule) -> SenderProcedure.Watch = { _ in .init() },
        replay: SenderProcedure.Replay = .needsStagedAnswer, setting: SenderProcedure.Setting = .usual,
        judge: @escaping @Sendable (SenderObservation) throws -> Void
    ) -> Case {
        Case(
            info: CaseInfo(
                id: id, title: title, level: level, topic: topic, severity: severity, cwe: cwe, covers: covers,
                why: why, fix: fix),
            needs: needs, profile: profile, keptFor: nil,
            procedure: .sender(
                SenderProcedure(
                    answers: answers, deliveries: deliveries, watch: watch, replay: replay, setting: setting,
                    judge: judge)))
    }

    /// What the case says of itself.
    package subscript<Value>(dynamicMember path: KeyPath<CaseInfo, Value>) -> Value { info[keyPath: path] }

    /// The probe; `nil` for a case of several requests.
    package var probe: Probe? { procedure.probe }

    /// Whether the case makes sense for a scheme.
    package func applies(to scheme: Scheme) -> Bool { needs.allSatisfy { $0.isMet(by: scheme) } }

    /// How much the case asks of an endpoint of a scheme.
    ///
    /// A `must` rests on a clause of the document, or on HTTP itself. Where the document is silent it is a `should`; where
    /// it leaves the matter open, or only permits it, a `may` (honesty rule 6).
    package func level(in scheme: Scheme) -> Level {
        let said = scheme.clauses(on: info.topic).map(\.level)
        if said.contains(.open) || said.contains(.may) { return .may }
        return min(info.level, said.contains(.must) || info.topic == .transport ? .must : .should)
    }

    /// What the case says of itself, with the level that it has in a scheme.
    package func info(in scheme: Scheme) -> CaseInfo {
        var info = info
        info.level = level(in: scheme)
        return info
    }

    /// How long it waits in a scheme, in seconds of the target's clock.
    package func waits(in scheme: Scheme) -> Int64 { procedure.scenario?.waits(scheme) ?? 0 }
}

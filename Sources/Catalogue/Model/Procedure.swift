package import ReportModel
package import Schemes

/// How the question of a case is put.
package enum Procedure: Sendable {
    /// One probe beside its control.
    case probe(Probe)
    /// Several requests, judged together.
    case scenario(Scenario)
    /// What a sender does with the answers that it gets.
    case sender(SenderProcedure)

    /// The probe; `nil` for the others.
    package var probe: Probe? { if case .probe(let probe) = self { probe } else { nil } }

    /// The scenario; `nil` for the others.
    package var scenario: Scenario? { if case .scenario(let scenario) = self { scenario } else { nil } }

    /// What a sender is judged by; `nil` for a case about an endpoint.
    package var sender: SenderProcedure? { if case .sender(let sender) = self { sender } else { nil } }
}

/// A probe that differs from its control in exactly one way.
package struct Probe: Sendable {
    /// The only aspects of the request in which the probe differs from its control.
    package let changes: Change
    /// What must come back.
    package let expectation: Expectation

    private let control: @Sendable (inout Draft) -> Void
    private let probe: @Sendable (inout Draft) -> Void

    init(
        changes: Change, expectation: Expectation, control: @escaping @Sendable (inout Draft) -> Void,
        probe: @escaping @Sendable (inout Draft) -> Void
    ) {
        self.changes = changes
        self.expectation = expectation
        self.control = control
        self.probe = probe
    }

    /// The control, signed.
    package func controlRequest(_ context: RequestContext) -> SignedRequest {
        var draft = Draft(context)
        control(&draft)
        return draft.signedRequest()
    }

    /// The probe, signed: the control with the one change.
    package func probeRequest(_ context: RequestContext) -> SignedRequest {
        var draft = Draft(context)
        control(&draft)
        probe(&draft)
        return draft.signedRequest()
    }
}

/// Several requests to a subject that has memory.
package struct Scenario: Sendable {
    /// What becomes of the telling request at a sound endpoint.
    package let expects: Decision
    /// How long it waits in a scheme, in seconds of the target's clock.
    package let waits: @Sendable (Scheme) -> Int64
    /// What it does. It throws a `Finding` when the target is at fault, and an `Obstacle` when that can't be told.
    package let run: @Sendable (any ScenarioSession) throws -> Void
}

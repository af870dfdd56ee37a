internal import ReportModel
package import Schemes

/// What scenarios ask of a stage, in the words of a scenario.
extension Stage {
    /// Gives a valid request with a fresh id.
    func validRequest(for bridge: Bridge) -> SignedRequest { draft(for: bridge).signedRequest() }

    /// Sends a request that must be accepted, or nothing can be told.
    ///
    /// - Throws: `Obstacle` when it was not.
    @discardableResult
    package func sendControl(_ request: SignedRequest, to bridge: Bridge) throws -> Reception {
        let reception = try send(request, to: bridge)
        guard reception.isAccepted else {
            throw Obstacle.control(
                "a valid request to \(bridge.name) was not accepted: \(reception.words)", reception,
                isMain: bridge == main)
        }
        return reception
    }

    /// Sends a request that must be refused.
    func expectRefusal(_ request: SignedRequest, on bridge: Bridge, of what: String) throws {
        let reception = try send(request, to: bridge)
        try survives(reception, what)
        guard reception.isRejected else { throw Finding(.forgery, "\(what) was \(reception.words)") }
    }

    /// Finds a crash, a silence or a status that says nothing.
    func survives(_ reception: Reception, _ what: String) throws { try reception.survives(what) }

    /// Sends a control and what repeats it, which must come to one effect together.
    ///
    /// - Parameters:
    ///   - control: accepted first.
    ///   - repetitions: sent afterwards, and refused or without effect.
    ///   - what: the repetitions in words, for the finding.
    func expectOneEffect(
        of control: SignedRequest, then repetitions: [SignedRequest], on bridge: Bridge, _ what: String
    ) throws {
        let effects = try effects(on: bridge, expecting: 1) {
            try [sendControl(control, to: bridge)]
                + repetitions.map { repetition in
                    let reception = try send(repetition, to: bridge)
                    try survives(reception, what)
                    return reception
                }
        }
        switch effects {
        case .exactly(1), .atMost(1): return
        case .exactly(0): throw Obstacle("a valid request had no effect that can be seen")
        case .exactly(let count): throw Finding(.forgery, "\(what) took effect again: \(count) effects of one event")
        case .atMost: throw Obstacle.statusOnly
        }
    }

    /// Sends requests that must each have an effect.
    func expectEffects(of requests: [SignedRequest], on bridge: Bridge, _ what: String) throws {
        var refused = [Reception]()
        let effects = try effects(on: bridge, expecting: requests.count) {
            let receptions = try requests.map { try send($0, to: bridge) }
            for reception in receptions { try survives(reception, what) }
            refused = receptions.filter(\.isRejected)
            return receptions
        }
        if let first = refused.first { throw Finding(.refusal, "of \(what), one was \(first.words)") }
        switch effects {
        case .exactly(requests.count): return
        case .exactly(let count): throw Finding(.refusal, "of \(what), only \(count) took effect")
        case .atMost: throw Obstacle.statusOnly
        }
    }

    /// Sends requests that must be without effect, whatever is answered.
    ///
    /// - Parameter once: called when they are answered; it throws when that was too late to tell anything.
    func expectNoEffect(
        of requests: [SignedRequest], on bridge: Bridge, _ what: String, answered once: () throws -> Void = {}
    ) throws {
        let effects = try effects(on: bridge, expecting: 0) {
            let receptions = try requests.map { request in
                let reception = try send(request, to: bridge)
                try survives(reception, what)
                return reception
            }
            try once()
            return receptions
        }
        switch effects {
        case .exactly(0), .atMost(0): return
        case .exactly: throw Finding(.forgery, "\(what) took effect")
        case .atMost: throw Obstacle.statusOnly
        }
    }
}

extension Reception {
    /// Finds a crash, a silence or a status that says nothing.
    func survives(_ what: String) throws(Finding) {
        switch reading {
        case .accepted, .rejected: return
        case .crashed, .silent: throw Finding(.crash, "\(what) was answered with \(words)")
        case .odd: throw Finding(.contract, "\(what) was answered with \(words)")
        }
    }
}

extension Obstacle {
    /// Statuses alone do not say whether an accepted request had an effect.
    static let statusOnly = Obstacle.skip(.statusOnly)
}

extension Draft {
    /// Signs the request of this draft after a change, the draft itself left as it is.
    func signed(_ edit: (inout Draft) -> Void) -> SignedRequest {
        var draft = self
        edit(&draft)
        return draft.signedRequest()
    }
}

internal import ReportModel
package import Schemes

/// The checks that scenarios share.
extension ScenarioSession {
    /// Returns a valid request with a fresh id.
    func validRequest(for bridge: Bridge) -> SignedRequest { draft(for: bridge).signedRequest() }

    /// Sends a request that must be accepted for anything else to count.
    ///
    /// - Throws: `Obstacle` when it was not.
    @discardableResult
    package func sendControl(_ request: SignedRequest, to bridge: Bridge) throws -> Reply {
        let reply = try send(request, to: bridge)
        guard reply.isAccepted else {
            throw Obstacle.control(
                "a valid request to \(bridge.name) was not accepted: \(reply.words)", reply,
                isMain: bridge == main)
        }
        return reply
    }

    /// Sends a request that must be rejected.
    func expectRefusal(_ request: SignedRequest, on bridge: Bridge, of what: String) throws {
        let reply = try send(request, to: bridge)
        try survives(reply, what)
        guard reply.isRejected else { throw Finding(.forgery, "\(what) was \(reply.words)") }
    }

    /// Throws a finding for a crash, silence or a status that shows no decision.
    func survives(_ reply: Reply, _ what: String) throws { try reply.survives(what) }

    /// Sends a control and its duplicates, which together must have one effect.
    ///
    /// - Parameters:
    ///   - control: accepted first.
    ///   - repetitions: sent afterwards, and either rejected or without effect.
    ///   - what: the duplicates in words, for the finding.
    func expectOneEffect(
        of control: SignedRequest, then repetitions: [SignedRequest], on bridge: Bridge, _ what: String
    ) throws {
        let effects = try effects(on: bridge, expecting: 1) {
            try [sendControl(control, to: bridge)]
                + repetitions.map { repetition in
                    let reply = try send(repetition, to: bridge)
                    try survives(reply, what)
                    return reply
                }
        }
        switch effects {
        case .exactly(1), .atMost(1): return
        case .exactly(0): throw Obstacle("a valid request had no visible effect")
        case .exactly(let count): throw Finding(.forgery, "\(what) took effect again: one event had \(count) effects")
        case .atMost: throw Obstacle.statusOnly
        }
    }

    /// Sends requests that must each have an effect.
    func expectEffects(of requests: [SignedRequest], on bridge: Bridge, _ what: String) throws {
        var refused = [Reply]()
        let effects = try effects(on: bridge, expecting: requests.count) {
            let replies = try requests.map { try send($0, to: bridge) }
            for reply in replies { try survives(reply, what) }
            refused = replies.filter(\.isRejected)
            return replies
        }
        if let first = refused.first { throw Finding(.refusal, "of \(what), one was \(first.words)") }
        switch effects {
        case .exactly(requests.count): return
        case .exactly(let count): throw Finding(.refusal, "of \(what), only \(count) took effect")
        case .atMost: throw Obstacle.statusOnly
        }
    }

    /// Sends requests that must have no effect, whatever the answer.
    ///
    /// - Parameter once: called after the answers; it throws when they came too late to tell anything.
    func expectNoEffect(
        of requests: [SignedRequest], on bridge: Bridge, _ what: String, answered once: () throws -> Void = {}
    ) throws {
        let effects = try effects(on: bridge, expecting: 0) {
            let replies = try requests.map { request in
                let reply = try send(request, to: bridge)
                try survives(reply, what)
                return reply
            }
            try once()
            return replies
        }
        switch effects {
        case .exactly(0), .atMost(0): return
        case .exactly: throw Finding(.forgery, "\(what) took effect")
        case .atMost: throw Obstacle.statusOnly
        }
    }
}

extension Reply {
    /// Throws a finding for a crash, silence or a status that shows no decision.
    func survives(_ what: String) throws(Finding) {
        switch reading {
        case .accepted, .rejected: return
        case .crashed: throw Finding(.crash, "\(what) crashed the target\(statusSuffix)")
        case .silent: throw Finding(.crash, "\(what) got no answer")
        case .odd: throw Finding(.contract, "\(what) got an answer that shows no decision\(statusSuffix)")
        }
    }

    private var statusSuffix: String { status.map { ", status \($0)" } ?? "" }
}

extension Obstacle {
    /// A status alone does not show whether an accepted request had an effect.
    static let statusOnly = Obstacle.skip(.statusOnly)
}

extension Draft {
    /// Returns the request of this draft, signed after a change; the draft itself stays as it is.
    func signed(_ edit: (inout Draft) -> Void) -> SignedRequest {
        var draft = self
        edit(&draft)
        return draft.signedRequest()
    }
}

package import Bytes
package import Schemes
package import Transport

/// The decisions of the endpoint, one closure each. As written here, they are sound.
/// A flaw replaces a decision, or changes it with one of the mutators in this folder. Each mutator builds on the
/// current decision, so that flaws combine, and its name says what it does to the decision:
///
/// - `alsoAccept…`, `alsoRead…`, `alsoServe`: allows more than the sound decision does.
/// - `acceptOnly`: allows less.
/// - `change…`: decides about something other than what was sent, or answers differently.
/// - `skip`: skips a check; all others are still made.
/// - `acceptAnyway`: accepts what the verification rejected.
/// - `answerFirst`, `crash`: answers before anything is verified.
package struct Behaviour: Sendable {
    /// The scheme that it serves.
    package let scheme: Scheme

    /// The decisions inside the verification.
    package var steps = VerificationSteps()

    /// Whether a request target belongs to a documented path; the query is not part of it.
    package var serves: @Sendable (_ target: [UInt8], _ path: [UInt8]) -> Bool = { target, path in
        target.starts(with: path) && (target.count == path.count || target[path.count] == UInt8(ascii: "?"))
    }

    /// The methods that are served.
    package var methods = ["POST"]

    /// Whether a body in a content encoding can be read.
    package var decodes: @Sendable (_ contentEncoding: [UInt8]) -> Bool = { encoding in
        encoding.isEmpty || ASCII.equalsIgnoringCase(encoding, "identity".utf8)
    }

    /// What the endpoint sees of a request: all of it.
    package var receives: @Sendable (HTTPRequest) -> HTTPRequest = { $0 }

    /// Returns an answer that is sent before anything is verified: none.
    package var intercepts: @Sendable (ReceivedRequest) -> ServerAction? = { _ in nil }

    /// Whether a request that the verifier rejected is accepted anyway: never.
    package var acceptsAnyway: @Sendable (Rejection, ReceivedRequest) -> Bool = { _, _ in false }

    /// The answer to a request that does not verify: the documented one, the same for every reason (J03).
    package var refuses: @Sendable (Rejection, ReceivedRequest) -> ServerAction = { _, received in
        .answer(received.scheme.responses.rejected.response())
    }

    /// Whether a signed body can be used.
    package var isUsable: @Sendable (JSON?, Payload) -> Bool = RequiredMembers.areThere

    /// The answer to a signed body that can't be used: the documented one.
    package var refusesBody: @Sendable (_ documented: HTTPResponse, ReceivedRequest) -> ServerAction = { answer, _ in
        .answer(answer)
    }

    /// The answer to an accepted request after its effect: the documented one.
    package var accepts: @Sendable (_ documented: HTTPResponse, ReceivedRequest) -> ServerAction = { answer, _ in
        .answer(answer)
    }

    /// The answer to an accepted request whose event already had its effect: the same (F16).
    var repeats: @Sendable (_ documented: HTTPResponse, ReceivedRequest) -> ServerAction = { answer, _ in
        .answer(answer)
    }

    /// Sets the bridge in which a delivery takes effect and what identifies it: as `Delivery` reads them.
    var identifies: @Sendable (inout Delivery, ReceivedRequest, _ body: JSON?) -> Void = { _, _, _ in }

    /// Applies a delivery's effect once.
    var takesEffect: @Sendable (Delivery, EffectLog) -> EffectLog.Receipt = { $1.record($0) }

    /// The secrets of a bridge that are valid now.
    var goodSecrets: @Sendable (BridgeState, _ grace: Int64, _ now: Int64, BridgeStore) -> [Secret] = {
        state, grace, now, _ in GoodSecrets.sound(state, grace, now)
    }

    /// Whether a bridge exists: not after it has been deleted.
    var finds: @Sendable (BridgeState) -> Bool = { !$0.isDeleted }

    /// The answer at the path of a bridge that does not exist; `nil` answers as to a wrong signature (J04).
    /// Without a documented status there is no separate answer.
    var answersAbsent: @Sendable (Scheme) -> HTTPResponse? = { $0.responses.absent?.response() }

    /// The answer to a verified request while the bridge accepts nothing; `nil` while it accepts requests.
    var closes: @Sendable (BridgeState, Scheme) -> HTTPResponse? = { state, scheme in
        if state.isDeleted { return scheme.responses.absent?.response() ?? .problem(404, "bridge not found") }
        if state.isRunning, state.direction != .outgoing { return nil }
        return scheme.responses.closed?.response() ?? .problem(403, "nothing may come in")
    }

    /// The rules of the administrative interfaces.
    var rules = InterfaceRules()

    /// Creates the sound behaviour.
    package init(scheme: Scheme) { self.scheme = scheme }
}

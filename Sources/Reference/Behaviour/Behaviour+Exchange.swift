internal import Schemes
internal import Transport

/// Mutators of what is served, of the request as it is seen, and of the answers.
extension Behaviour {
    /// Serves targets besides the documented path.
    mutating func alsoServe(_ test: @escaping @Sendable (_ target: [UInt8], _ path: [UInt8]) -> Bool) {
        let serves = serves
        self.serves = { serves($0, $1) || test($0, $1) }
    }

    /// Uses a request other than the one that was sent.
    mutating func changeRequest(_ change: @escaping @Sendable (inout HTTPRequest) -> Void) {
        let receives = receives
        self.receives = { request in
            var changed = receives(request)
            change(&changed)
            return changed
        }
    }

    /// Answers before anything is verified; `nil` continues.
    mutating func answerFirst(_ answer: @escaping @Sendable (ReceivedRequest) -> ServerAction?) {
        let intercepts = intercepts
        self.intercepts = { intercepts($0) ?? answer($0) }
    }

    /// Throws on some requests before anything is verified.
    mutating func crash(_ crash: Crash, when test: @escaping @Sendable (ReceivedRequest) -> Bool) {
        answerFirst { test($0) ? crash.action : nil }
    }

    /// Changes the answer to a request that does not verify.
    mutating func changeRefusal(_ change: @escaping @Sendable (inout HTTPResponse, ReceivedRequest) -> Void) {
        let refuses = refuses
        self.refuses = { reason, received in
            guard case .answer(var answer) = refuses(reason, received) else { return refuses(reason, received) }
            change(&answer, received)
            return .answer(answer)
        }
    }
}

internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tokenUnknownKeyCrashes = Flaw(
        "token-unknown-key-crashes", covers: ["C09"], needs: [.token],
        caughtBy: ["token/key-name-*", "token/other-key-own-name"],
        "It fails with an exception on the name of a key that is not in the set.",
        explanation: "Your endpoint takes the first key of the name in the token, and throws when there is "
            + "none (as botframework-connector for Python does)."
    ) { behaviour in
        behaviour.crashes(.traceback("IndexError: list index out of range", line: 58)) { received in
            guard let token = received.request.token(of: received.scheme) else { return false }
            let names = received.secrets.compactMap { SignatureAlgorithm.rs256.keyName(of: $0.key) }
            return !names.contains { token.header["kid"] == .string($0) }
        }
    }
}

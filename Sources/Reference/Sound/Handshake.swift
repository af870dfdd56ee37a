internal import Bytes
internal import Schemes
internal import Transport

/// Requests by which a platform asks whether the endpoint is there. They are signed like any other (L01).
enum Handshake {
    /// Gives the answer to a challenge, or `nil` when the body is none.
    static func answer(to body: JSON?, scheme: Scheme) -> HTTPResponse? {
        guard let body else { return nil }
        switch scheme.id {
        case "slack": return challenge(body)
        // PING and PONG are both of type 1.
        case "discord": return body["type"] == 1 ? .json(200, ["type": 1]) : nil
        default: return nil
        }
    }

    private static func challenge(_ body: JSON) -> HTTPResponse? {
        guard body["type"] == "url_verification", let challenge = body["challenge"], challenge.string != nil else {
            return nil
        }
        return .json(200, .object([JSON.Member("challenge", challenge)]))
    }
}

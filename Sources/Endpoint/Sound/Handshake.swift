internal import Bytes
internal import Schemes
internal import Transport

/// Requests by which a platform asks whether the endpoint is there. They are signed like any other (L01).
enum Handshake {
    /// Gives the answer to a challenge, or `nil` when the body is none.
    static func answer(to body: JSON?, scheme: Scheme) -> HTTPResponse? {
        guard scheme.id == "slack", let body, body["type"] == .string("url_verification"),
            let challenge = body["challenge"], challenge.string != nil
        else { return nil }
        return .json(200, .object([JSON.Member("challenge", challenge)]))
    }
}

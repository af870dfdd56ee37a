internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

extension Scheme {
    /// Returns the answer to a handshake, or `nil` when the body is not one.
    func answer(toHandshake body: JSON?, where isIncluded: (Handshake) -> Bool = { _ in true }) -> HTTPResponse? {
        guard let body, let handshake = handshakes.first(where: { isIncluded($0) && $0.matches(body) }) else {
            return nil
        }
        return .json(200, .object(handshake.answer(to: body)))
    }
}

internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

/// What the reference endpoint offers for every scheme: a count of effects, and rotation.
///
/// - `GET /countersign/effects[?path=P]` → 200 `{"effects": N, "repetitions": N, "events": ["id", …]}`, the ids of the
///   latest effects in their order, empty for a delivery without one. It needs no token.
/// - `POST /countersign/rotate-secret?path=P` → 200 `{"secret": "…"}`, as the vendor shows it; needs the token.
struct CountersignInterface: Interface {
    let bridges: BridgeStore
    let log: EffectLog
    let gate: AdminGate
    let freshSecret: @Sendable (SecretRule) -> [UInt8]?
    let clock: @Sendable () -> Int64

    func answer(_ request: HTTPRequest, path: [UInt8]) -> HTTPResponse? {
        if path.elementsEqual("/countersign/effects".utf8) {
            return request.isMethod("GET") ? effects(request) : .methodNotAllowed(["GET"])
        }
        if path.elementsEqual("/countersign/rotate-secret".utf8) {
            return request.isMethod("POST") ? rotate(request) : .methodNotAllowed(["POST"])
        }
        return nil
    }

    private func effects(_ request: HTTPRequest) -> HTTPResponse {
        let path = request.query("path")
        let tally = log.tally(at: path)
        let ids = log.recentIDs(at: path).map { JSON.string(String(decoding: $0, as: UTF8.self)) }
        return .json(
            200,
            .object([
                JSON.Member("effects", JSON(tally.effects)), JSON.Member("repetitions", JSON(tally.repetitions)),
                JSON.Member("events", .array(ids)),
            ]))
    }

    private func rotate(_ request: HTTPRequest) -> HTTPResponse {
        if let refusal = gate.refuses(request) { return refusal }
        guard let path = request.query("path"), let route = bridges.route(at: path), !route.bridge.state.isDeleted
        else { return .problem(404, "there is no bridge at this path") }
        guard let secret = route.bridge.rotate(to: freshSecret, now: clock()) else {
            return .problem(500, "no secret could be made")
        }
        return .json(200, .object([JSON.Member("secret", .string(String(decoding: secret.text, as: UTF8.self)))]))
    }
}

extension Bridge {
    /// Replaces the bridge's secret with a fresh one.
    func rotate(to freshSecret: (SecretRule) -> [UInt8]?, now: Int64) -> Secret? {
        let rule = scheme.signature.secret
        guard let text = freshSecret(rule), let secret = try? Secret(text, rule: rule) else { return nil }
        change { $0.rotate(to: secret, now: now) }
        return secret
    }
}

internal import Bytes
internal import Catalogue
internal import Cryptography
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let replayMintsID = Flaw(
        "replay-mints-id", covers: ["F15"], needs: [.eventID], caughtBy: ["replay/no-fresh-capability"],
        "It gives out a fresh message id and token before it looks for duplicates.",
        explanation:
            "Your endpoint gives a replayed request a fresh id or token, made before the duplicate was noticed."
    ) { behaviour in
        let fresh: @Sendable (HTTPResponse, ReceivedRequest) -> ServerAction = { _, received in
            let token = Hex.encode(RandomBytes.make(count: 12))
            var answer = received.scheme.responses.accepted.response(
                messageID: "msg_" + String(decoding: token, as: UTF8.self))
            let body = (try? JSON.parse(answer.body))?.members ?? []
            let stream = JSON.Member("stream_token", .string(String(decoding: token, as: UTF8.self)))
            answer.body = JSON.object(body + [stream]).serialized()
            return .answer(answer)
        }
        behaviour.accepts = fresh
        behaviour.repeats = fresh
    }
}

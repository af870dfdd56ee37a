import Bytes
import Catalogue
import Schemes
import Transport

/// Attempts at one delivery as a receiver would have recorded them, written down by hand.
struct Recording {
    /// One attempt of a sender of Standard Webhooks.
    struct Attempt {
        var at: Double
        var answered = StagedAnswer.done
        var id = "msg_1"
        /// The timestamp; `nil` takes the time of arrival.
        var stamp: String?
        var body = #"{"type":"a"}"#
        var isSigned = true
        var method = "POST"
        var headers: [HeaderField] = []
        var held: Double?
        var taken = 0
    }

    /// The time of the first attempt, in Unix seconds.
    static let start: Int64 = 1_800_000_000

    /// Standard Webhooks, with a delivery rule of round numbers.
    static let scheme: Scheme = {
        let rule: JSON = [
            "retries": [["statuses": [429], "attempts": 3], ["statuses": ["5xx"]], [:]], "schedule": [10, 20, 40],
            "timeout": ["least": 10, "most": 20], "stops": [410], "retryAfter": true,
            "optOut": ["header": "X-No-Retry", "value": "1"],
            "retryHeaders": [["header": "X-Retry", "value": "{retry}"], ["header": "X-Reason"]],
        ]
        let definition = SchemeLibrary.text(of: "standard-webhooks").flatMap { try? JSON.parse($0) } ?? .null
        let scheme = try? Scheme.read(definition.replacing(pointer: "/delivery", with: rule).serialized())
        return scheme ?? SchemeLibrary.all[0]
    }()

    static func arrival(_ attempt: Attempt) -> Arrival {
        let time = start + Int64(attempt.at)
        var fields = [
            HeaderField("webhook-id", attempt.id), HeaderField("webhook-timestamp", attempt.stamp ?? "\(time)"),
            HeaderField("Content-Type", "application/json"),
        ]
        if attempt.isSigned { fields.append(HeaderField("webhook-signature", "v1,\(Stub.right)")) }
        let request = HTTPRequest(
            method: attempt.method, target: "/x", headers: Headers(fields + attempt.headers),
            body: Array(attempt.body.utf8))
        var arrival = Arrival(time: attempt.at, unixTime: time, request: request, answer: attempt.answered)
        arrival.held = attempt.held
        arrival.taken = attempt.taken
        return arrival
    }

    /// Returns what a case says of some deliveries: `nil` when it is met.
    static func verdict(
        _ id: String, _ deliveries: [[Attempt]], redirected: [Attempt] = [], handshakes: [HandshakeEnd] = [],
        speed: Double = 1, clock: Double = 1
    ) throws -> (any Error)? {
        guard let procedure = Catalogue.named(id)?.procedure.sender else { throw Obstacle("no case \(id)") }
        let observation = SenderObservation(
            scheme: scheme, rule: scheme.deliveryOrDefault, deliveries: deliveries.map { $0.map(arrival) },
            redirected: redirected.map(arrival), handshakes: handshakes,
            pace: SenderPace(schedule: speed, clock: clock), check: Stub())
        do {
            try procedure.judge(observation)
            return nil
        } catch { return error }
    }

    /// A check that knows signatures by sight.
    struct Stub: SignatureCheck {
        /// What a right signature is taken to look like.
        static let right = "cmlnaHQgcmlnaHQgcmlnaHQgcmlnaHQgcmlnaHQgcmk="
        /// What a signature of the body alone is taken to look like.
        static let ofBody = "Ym9keSBib2R5IGJvZHkgYm9keSBib2R5IGJvZHkgYm8="
        /// What one under the secret that was replaced is taken to look like.
        static let old = "b2xkIG9sZCBvbGQgb2xkIG9sZCBvbGQgb2xkIG9sZCA="

        private func signatures(_ arrival: Arrival) -> [[UInt8]] {
            arrival.request.headers.values(named: "webhook-signature")
        }

        func verdict(on arrival: Arrival) -> Verdict {
            switch signatures(arrival) {
            case []: .rejected(.signatureMissing)
            case [Array("v1,\(Self.right)".utf8)], [Array("v1,\(Self.right) v1,\(Self.old)".utf8)]: .accepted(secret: 0)
            case [Array("v1,\(Self.old)".utf8)]: .accepted(secret: 1)
            default: .rejected(.signatureWrong)
            }
        }

        func isSigned(_ arrival: Arrival, over message: [UInt8]) -> Bool {
            message == arrival.request.body && signatures(arrival) == [Array("v1,\(Self.ofBody)".utf8)]
        }

        func isSignedWithOtherSecret(_ arrival: Arrival) -> Bool {
            signatures(arrival).contains { ASCII.firstRange(of: Array(Self.old.utf8), in: $0) != nil }
        }

        func holdsSecret(_ bytes: [UInt8]) -> Bool { bytes == Array("the secret".utf8) }
    }
}

internal import Bytes
internal import ReportModel
internal import Schemes

/// Valid requests that are long or many, which some stacks do not take.
enum LimitsFamily {
    static let cases: [Case] = [
        long(
            "body-100-kib", "100 KiB and one byte", 100 << 10, .should,
            why: "A common body parser stops at 100 KiB, and most senders do not: the long deliveries are lost."),
        long(
            "body-1-mib", "1 MiB and one byte", 1 << 20, .may, profile: .audit,
            why: "Proxies and body parsers often stop at 1 MiB, and some senders go far beyond it."),
        long(
            "body-maximum", "the greatest length that the document allows", needs: .maximumBody, .should,
            profile: .audit,
            why: "The largest deliveries are the rarest and often the most important, and an endpoint that was never "
                + "tried with one loses them."
        ) { $0.sender.maximumBody ?? 0 },
        .scenario(
            "limits/sixteen-at-once", .should, .transport, .medium, covers: ["B20"], cwe: [362], expects: .accepted,
            "Sixteen different valid requests at the same moment are all accepted.",
            why:
                "A hash object or a buffer that requests share mixes up their bodies. It rejects valid deliveries only "
                + "under load, and nobody can say why.",
            fix: "Make a new HMAC object for each request, and share nothing but the key."
        ) { session in
            // Requests that share an object do not meet in it every time.
            for _ in 0..<3 { try session.expectAllAccepted(of: 16) }
        },
        .scenario(
            "limits/forgeries-elsewhere", .should, .transport, .medium, covers: ["K12"], cwe: [307, 645],
            needs: [.given(.secondBridge)], expects: .accepted,
            "Forged requests to one bridge do not block the valid requests to another.",
            why:
                "A limit or a lockout that counts requests before it verifies them can be set off by anyone: a few "
                + "forged requests stop all deliveries.",
            fix: "Count failures for each bridge and sender apart, and never let them block a request that verifies.",
            profile: .audit
        ) { session in
            let other = try session.second()
            try session.sendControl(session.validRequest(for: session.main), to: session.main)
            try session.sendControl(session.validRequest(for: other), to: other)
            for _ in 0..<forgeries {
                let forged = session.draft(for: other).signed { $0.onceSigned { $0.signature = $0.zeroSignature } }
                let reply = try session.send(forged, to: other)
                if reply.isAccepted { throw Obstacle.moot("a forged request was accepted, which other cases judge") }
            }
            let reply = try session.send(session.validRequest(for: session.main), to: session.main)
            if reply.isAccepted { return }
            // A lockout is not to be left to the cases that follow.
            for _ in 0..<12 {
                try session.wait(seconds: 10)
                if try session.send(session.validRequest(for: session.main), to: session.main).isAccepted { break }
            }
            throw Finding(
                .refusal,
                "after \(forgeries) forged requests to the second bridge, a valid request to the target was "
                    + reply.words)
        },
    ]

    /// More than the failures after which lockouts usually begin.
    private static let forgeries = 30

    private static func long(
        _ name: String, _ title: String, _ limit: Int, _ level: Level, profile: Profile = .standard, why: String
    ) -> Case {
        long(name, title, needs: .longerBodies(than: limit), level, profile: profile, why: why) { _ in limit + 1 }
    }

    private static func long(
        _ name: String, _ title: String, needs: Requirement, _ level: Level, profile: Profile, why: String,
        length: @escaping @Sendable (Scheme) -> Int
    ) -> Case {
        .scenario(
            "limits/\(name)", level, .transport, level == .may ? .info : .medium, covers: ["D23"], cwe: [770],
            needs: [.json, needs], expects: .accepted, "A valid request with a body of \(title) is accepted.", why: why,
            fix: "Set the limit of your body parser, and of every proxy before it, to the largest body that the "
                + "sender may send.",
            profile: profile
        ) { session in
            try session.sendControl(session.validRequest(for: session.main), to: session.main)
            let length = length(session.scheme)
            let reply = try session.sendBody(of: length)
            try session.survives(reply, "a valid request with a body of \(title)")
            if reply.isAccepted { return }
            let refused = "a valid request with a body of \(title) was \(reply.words)"
            guard let accepted = try session.longestAccepted(below: length) else { throw Finding(.refusal, refused) }
            throw Finding(.refusal, "\(refused), and one of \(accepted >> 10) KiB was accepted")
        }
    }
}

extension ScenarioSession {
    /// Sends a valid request with a body of so many bytes.
    fileprivate func sendBody(of length: Int) throws -> Reply {
        let request = draft(for: main).signed { draft in
            let member = "countersign_padding"
            draft.payload = draft.payload.replacing(pointer: "/\(member)", with: "")
            let padding = String(
                decoding: [UInt8](repeating: UInt8(ascii: "x"), count: max(0, length - draft.body.count)), as: UTF8.self
            )
            draft.payload = draft.payload.replacing(pointer: "/\(member)", with: .string(padding))
        }
        return try send(request, to: main)
    }

    /// Finds what the path takes where it does not take a body of so many bytes: the longest of a few lengths, each
    /// half of the one before.
    ///
    /// - Returns: that length; `nil` when even bodies of 16 KiB are not accepted.
    fileprivate func longestAccepted(below length: Int) throws -> Int? {
        var tried = 16 << 10
        while tried * 2 < length { tried *= 2 }
        while tried >= 16 << 10 {
            if try sendBody(of: tried).isAccepted { return tried }
            tried /= 2
        }
        return nil
    }

    /// Sends different valid requests at the same moment. Each must be accepted, unless one is also rejected alone.
    fileprivate func expectAllAccepted(of count: Int) throws {
        let requests = (0..<count).map { _ in validRequest(for: main) }
        var replies = [Reply]()
        let effects = try effects(on: main, expecting: count) {
            replies = try sendAtOnce(requests, to: main)
            return replies
        }
        let lost = replies.filter { !$0.isAccepted }
        if let first = lost.first {
            try sendControls(count, to: main)
            throw Finding(
                first.isRejected ? .refusal : .crash,
                "of \(count) different valid requests at the same moment, \(lost.count) were not accepted (\(first.words)); "
                    + "as many one after the other were")
        }
        if case .exactly(let seen) = effects, seen < count {
            throw Finding(
                .refusal,
                "of \(count) different valid requests at the same moment, all were accepted, but only \(seen) took effect"
            )
        }
    }
}

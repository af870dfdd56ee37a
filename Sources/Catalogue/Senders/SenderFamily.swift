internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

/// What a sender signs, sends again and stops sending.
enum SenderFamily {
    static let cases: [Case] = [
        signing, requests, retries, pacing, concurrency, answers, limits, encryption, destinations, registrations,
        rotation,
    ].flatMap { $0 }

    /// What is signed, and how it arrives.
    private static let signing: [Case] = [
        .sender(
            "sender/signed", .must, .signature, .high, covers: ["S01", "S12", "S14"], cwe: [345],
            "A delivery verifies under the shared secret by the documented recipe.",
            why: "A receiver that verifies as documented rejects every delivery that is signed in another way.",
            fix: "Sign the bytes that you send, exactly as the document says.", replay: .requests
        ) { try $0.expectSigned($0.first, "the delivery") },
        .sender(
            "sender/signed-odd-text", .must, .rawBody, .medium, covers: ["S01"], cwe: [345, 838],
            needs: [.given(.eventText)],
            "A delivery with text that JSON writers write differently verifies.",
            why:
                "Signing one serialisation and sending another works until somebody uses an emoji, a slash or an angle "
                + "bracket.",
            fix: "Serialise the body once, sign those bytes, and send those same bytes.", replay: .requests
        ) { try $0.expectSigned($0.first, "a delivery with emoji, slashes and angle brackets") },
        .sender(
            "sender/signature-once", .must, .grammar, .low, covers: ["S02"], cwe: [436],
            "Each header of the signature appears once.",
            why: "Receivers reject repeated headers, or take the wrong one.", fix: "Set each header once.",
            replay: .requests
        ) { seen in
            var names = [seen.scheme.signature.header]
            if case .header(let name) = seen.scheme.timestamp { names.append(name) }
            if case .header(let name) = seen.scheme.eventID { names.append(name) }
            for name in names {
                let count = seen.lines(name, seen.first).count
                guard count == 1 else {
                    throw Finding(
                        .contract, "the header \(name) appears \(count == 0 ? "not at all" : "\(count) times")")
                }
            }
        },
        .sender(
            "sender/timestamp-unit", .must, .timestamp, .medium, covers: ["S06"], cwe: [1284], needs: [.timestamp],
            "The timestamp is a number of Unix seconds.",
            why: "Milliseconds or a date lie far outside every receiver's window.",
            fix: "Send whole seconds since 1970 in decimal digits.", replay: .requests
        ) { seen in
            guard let text = seen.timestampText(seen.first) else { throw Finding(.refusal, "no timestamp was sent") }
            guard TimestampRule.seconds(text[...]) != nil else {
                throw Finding(.refusal, "the timestamp is not a number of seconds in decimal digits")
            }
            guard text.count <= 11 else {
                throw Finding(.refusal, "the timestamp has \(text.count) digits, as milliseconds would")
            }
        },
        .sender(
            "sender/clock", .should, .freshness, .medium, covers: ["S06"], cwe: [1284], needs: [.timestamp],
            "The timestamp is within ten seconds of the time of arrival.",
            why: "A sender whose clock is off uses up the window that receivers grant.",
            fix: "Keep the sender's clock in step (NTP), and set the timestamp when you send.", replay: .requests
        ) { seen in
            guard let text = seen.timestampText(seen.first), let sent = TimestampRule.seconds(text[...]) else {
                throw Obstacle("the timestamp can't be read")
            }
            let (late, overflow) = seen.first.unixTime.subtractingReportingOverflow(sent)
            guard !overflow, abs(late) <= 10 else {
                throw Finding(
                    .refusal, "the timestamp is \(late > 0 ? "older" : "later") than the arrival by \(abs(late)) s")
            }
        },
        .sender(
            "sender/timestamp-signed", .must, .message, .high, covers: ["S07"], cwe: [294], needs: [.timestamp],
            "The timestamp is part of what is signed.",
            why: "A timestamp that is not signed can be replaced, and a captured request never expires.",
            fix: "Sign the timestamp together with the body, as documented.", replay: .requests
        ) { seen in
            if seen.verdict(on: seen.first).isAccepted { return }
            guard seen.isSigned(seen.first, over: seen.first.request.body) else {
                throw Obstacle("the delivery does not verify")
            }
            throw Finding(.forgery, "the signature is of the body alone, and the timestamp is not signed")
        },
        .sender(
            "sender/ids-differ", .must, .replay, .medium, covers: ["S05"], cwe: [694], needs: [.eventID],
            "Two events have different ids.",
            why: "A receiver drops the second delivery as a duplicate of the first.",
            fix: "Draw a new id for each event.", deliveries: 2, replay: .events
        ) { seen in
            let ids = seen.deliveries.map { seen.eventID($0[0]) }
            guard let first = ids[0], let second = ids[1] else { throw Finding(.contract, "a delivery has no id") }
            guard first != second else { throw Finding(.loss, "two events have the same id") }
        },
    ]

    /// The request around the signature.
    private static let requests: [Case] = [
        .sender(
            "sender/method", .must, .transport, .low, covers: ["S12"], cwe: [436],
            "A delivery is a POST with the documented media type.",
            why: "Receivers route by method, and parse by media type.",
            fix: "Send POST, with the Content-Type of the body.", replay: .requests
        ) { seen in
            let method = String(decoding: seen.first.request.method, as: UTF8.self)
            guard method == "POST" else { throw Finding(.contract, "the method is \(method)") }
            let types = seen.lines("Content-Type", seen.first)
            guard types.count == 1 else {
                throw Finding(.contract, "the Content-Type header appears \(types.isEmpty ? "not at all" : "twice")")
            }
            let type = types[0].prefix { $0 != UInt8(ascii: ";") }
            guard
                seen.scheme.payloads.contains(where: {
                    ASCII.equalsIgnoringCase(Array(type), $0.contentType.utf8.prefix { $0 != UInt8(ascii: ";") })
                })
            else {
                throw Finding(.contract, "the Content-Type is not one that the document shows")
            }
        },
        .sender(
            "sender/secret-not-sent", .must, .disclosure, .critical, covers: ["S10"], cwe: [200, 522],
            "No request contains the shared secret.",
            why: "Anyone who sees one request could forge all others.",
            fix: "Send only what is derived from the secret.", replay: .requests
        ) { seen in
            let request = seen.first.request
            let texts = request.headers.fields.map(\.value) + [request.target, request.body]
            guard !texts.contains(where: seen.holdsSecret) else {
                throw Finding(.leak, "the request contains the shared secret")
            }
        },
        .sender(
            "sender/no-platform-credentials", .should, .disclosure, .medium, covers: ["S11"], cwe: [200],
            "No request carries cookies or an Authorization that the document does not show.",
            why: "Relays that forward the headers of incoming requests give away their users' credentials.",
            fix: "Build the outgoing request from nothing; copy no headers.", replay: .requests
        ) { seen in
            let own = [seen.scheme.signature.header] + seen.scheme.credentials.map(\.header)
            for name in ["Authorization", "Cookie", "Proxy-Authorization"]
            where !own.contains(where: { $0.lowercased() == name.lowercased() }) {
                guard seen.lines(name, seen.first).isEmpty else {
                    throw Finding(.leak, "the request has a header \(name)")
                }
            }
        },
    ]
}

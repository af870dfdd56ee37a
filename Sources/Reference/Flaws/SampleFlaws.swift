internal import Bytes
internal import Catalogue
internal import Schemes
internal import Transport

/// Sample code from documents, as printed.
enum SampleFlaws {
    static let all: [Flaw] = [
        Flaw(
            "bridge-node-sample",
            covers: ["A11", "B07", "B08", "D07", "E02", "E04", "E05", "E07", "E09", "E15", "G06", "J03"],
            needs: [.header("X-Bridge-Signature"), .credential], caughtBy: ["timestamp/*", "signature/*"],
            "It is the document's Node.js example, exactly as printed.",
            explanation:
                "Your endpoint behaves like the Node.js example in Bridge's document, with its lenient parsing."
        ) { behaviour in
            // Node joins repeated headers, and a missing one is undefined.
            behaviour.steps.onlyLine = { Array($0.joined(separator: ", ".utf8)) }
            behaviour.steps.credentialMatches = { $0 == $1 }
            // signature.replace('sha256=', '')
            behaviour.steps.readSignature = { header, _ in
                SignatureReading(candidates: [JavaScript.removingFirst("sha256=", from: header)])
            }
            // timingSafeEqual(Buffer.from(expected, 'hex'), Buffer.from(received, 'hex'))
            behaviour.steps.signatureMatches = { text, right, _ in JavaScript.hexBuffer(text) == right }
            // currentTime - parseInt(timestamp) > 300, which is false for what is not a number
            behaviour.steps.readTimestamp = JavaScript.parseInt
            behaviour.changeStaleness { _, _, _, sound in sound == .tooFarAhead ? nil : sound }
            behaviour.skip(.timestampMissing, .timestampMalformed)
            // timestamp + body, where body is text
            behaviour.changeValues { values in
                let isMissing = values.request.headers.first(named: "X-Bridge-Timestamp") == nil
                values.timestamp = isMissing ? Array("undefined".utf8) : Python.reencodedLatin1(values.timestamp)
                values.body = JavaScript.decodedUTF8(values.body)
            }
            // JSON.parse inside the try; the members are not checked
            behaviour.isUsable = { body, _ in body != nil }
            behaviour.refusesBody = { _, _ in .answer(.text(401, "Verification failed")) }
            behaviour.refuses = { reason, received in
                switch reason {
                case .credentialMissing, .credentialWrong: return .answer(.text(401, "Invalid API key"))
                case .signatureWrong:
                    let text = JavaScript.removingFirst("sha256=", from: received.signatureHeader ?? [])
                    // timingSafeEqual throws when the lengths differ.
                    let isCompared = JavaScript.hexBuffer(text).count == 32
                    return .answer(.text(401, isCompared ? "Invalid signature" : "Verification failed"))
                default: return .answer(.text(401, "Verification failed"))
                }
            }
        },
        Flaw(
            "bridge-python-sample", covers: ["B05", "B08", "B13", "E06", "E07", "E09", "E15", "J02"],
            needs: [.header("X-Bridge-Signature"), .credential],
            caughtBy: ["timestamp/*", "signature/*", "presence/*"],
            "It is the document's Python example, in a handler that turns its ValueError into 401.",
            explanation: "Your endpoint behaves like the Python example in Bridge's document, with its lenient parsing."
        ) { behaviour in
            // int(None) and None.replace are no ValueError, and nor is compare_digest of texts outside ASCII.
            behaviour.crash(.traceback("TypeError: int() argument must be a string, not 'NoneType'", line: 9)) {
                $0.header("X-Bridge-Timestamp") == nil && $0.hasCredentials
            }
            behaviour.crash(.traceback("AttributeError: 'NoneType' object has no attribute 'replace'", line: 24)) {
                $0.signatureHeader == nil && $0.hasCredentials
            }
            behaviour.crash(
                .traceback("TypeError: comparing strings with non-ASCII characters is not supported", line: 27)
            ) {
                received in
                guard received.hasCredentials, let stamp = received.timestamp.flatMap(Python.int) else { return false }
                return received.signatureHeader?.contains { $0 >= 0x80 } == true && received.now - max(0, stamp) <= 300
            }
            // Frameworks return the first line of a repeated header.
            behaviour.steps.onlyLine = \.first
            // signature.replace('sha256=', ''), then compare_digest of the texts
            behaviour.steps.readSignature = { header, _ in
                SignatureReading(candidates: [Python.removingAll("sha256=", from: header)])
            }
            behaviour.steps.signatureMatches = { text, right, _ in text == Hex.encode(right) }
            // current_time - int(timestamp) > 300
            behaviour.steps.readTimestamp = Python.int
            behaviour.changeStaleness { _, _, _, sound in sound == .tooFarAhead ? nil : sound }
            // timestamp + body; headers are decoded as Latin-1
            behaviour.changeValues { $0.timestamp = Python.reencodedLatin1($0.timestamp) }
            behaviour.isUsable = { body, _ in body != nil }
        },
        Flaw(
            "vaultysclaw-teams-preview", covers: ["A01", "C09"], needs: [.token],
            caughtBy: ["presence/*", "token/*"],
            "It is VaultysClaw's Teams endpoint as its document describes the preview: it never looks at the token.",
            explanation:
                "Your endpoint behaves like the preview of VaultysClaw's Teams endpoint: it finds the bridge by the "
                + "channel in the body and posts the text without checking who sent it. Keep it off the public "
                + "network until it verifies the token."
        ) { $0.acceptAnyway { _, _ in true } },
    ]
}

internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let bridgeNodeSample = Flaw(
        "bridge-node-sample",
        covers: ["A11", "B07", "B08", "D07", "E02", "E04", "E05", "E07", "E09", "E15", "G06", "J03"],
        needs: [.only(["bridge-events"])], caughtBy: ["timestamp/*", "signature/*"],
        "It is the Node.js example of the document, as printed there.",
        explanation: "Your endpoint behaves like the Node.js example of Bridge's document, with its lenient parsing."
    ) { behaviour in
        // Node joins repeated headers, and gives undefined for a missing one.
        behaviour.steps.onlyLine = { Array($0.joined(separator: ", ".utf8)) }
        behaviour.steps.credentialMatches = { $0 == $1 }
        // signature.replace('sha256=', '')
        behaviour.steps.readSignature = { header, _ in
            VerificationSteps.ReadSignature(candidates: [JavaScript.removingFirst("sha256=", from: header)])
        }
        // timingSafeEqual(Buffer.from(expected, 'hex'), Buffer.from(received, 'hex'))
        behaviour.steps.signatureMatches = { text, right, _ in JavaScript.hexBuffer(text) == right }
        // currentTime - parseInt(timestamp) > 300, which is false for what is not a number
        behaviour.steps.readTimestamp = JavaScript.parseInt
        behaviour.judgesAge { _, _, _, sound in sound == .tooFarAhead ? nil : sound }
        behaviour.forgives(.timestampMissing, .timestampMalformed)
        // timestamp + body, where body is text
        behaviour.changesSigned { values in
            let isMissing = values.request.headers.first(named: "X-Bridge-Timestamp") == nil
            values.timestamp = isMissing ? Array("undefined".utf8) : Python.reencodedLatin1(values.timestamp)
            values.body = JavaScript.decodedUTF8(values.body)
        }
        // JSON.parse inside the try; no look at the members
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
    }
}

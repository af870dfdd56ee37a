internal import Catalogue
internal import ReportModel

extension Flaw {
    static let trimmedBody = Flaw(
        "trimmed-body", covers: ["D11"], needs: [.signedBody], caughtBy: ["body/*"],
        "It trims the body before it hashes it.",
        explanation: "Your endpoint removes blanks and line feeds around the body before hashing."
    ) { behaviour in
        let isSpace = { @Sendable (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        behaviour.hashes { body, _ in
            Array(body.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
        }
    }
}

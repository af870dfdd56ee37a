internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let asciiBody = Flaw(
        "ascii-body", covers: ["D08"], needs: [.signedBody], caughtBy: ["control/text-*", "body/*"],
        "It encodes the body as ASCII before it hashes it.",
        explanation:
            "Your endpoint hashes a question mark for each character outside ASCII, and so refuses or confuses them."
    ) { behaviour in
        behaviour.hashes { body, _ in
            String(decoding: body, as: UTF8.self).unicodeScalars.map {
                $0.isASCII ? UInt8($0.value) : UInt8(ascii: "?")
            }
        }
    }
}

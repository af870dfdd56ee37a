internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let charsetCrashes = Flaw(
        "charset-crashes", covers: ["D09"], needs: [.json],
        caughtBy: [
            "body/content-type-json-utf-16-decided", "body/content-type-json-utf-16-with-signature-of-nothing",
            "body/utf-16-decided",
        ],
        "It fails with an exception on a charset that does not fit the bytes.",
        explanation:
            "Your endpoint decodes the body by the charset it is said to have, and throws when the bytes don't fit."
    ) { behaviour in
        behaviour.crashes(
            .traceback("UnicodeDecodeError: 'utf-16-le' codec can't decode byte: truncated data", line: 33)
        ) {
            received in
            let type = String(decoding: received.header("Content-Type") ?? [], as: UTF8.self).lowercased()
            return type.utf8.count > 0 && type.contains("utf-16")
        }
    }
}

internal import Catalogue
internal import ReportModel

extension Flaw {
    static let byteOrderMarkStripped = Flaw(
        "byte-order-mark-stripped", covers: ["D09"], needs: [.signedBody], caughtBy: ["body/with-bom"],
        "It strips a byte order mark before it hashes the body.",
        explanation:
            "Your endpoint decodes the body and loses its byte order mark, so that two bodies share a signature."
    ) { $0.hashes { body, _ in body.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(body.dropFirst(3)) : body } }
}

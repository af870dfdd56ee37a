internal import Catalogue
internal import ReportModel

extension Flaw {
    static let lossyUTF8 = Flaw(
        "lossy-utf8", covers: ["D07"], needs: [.signedBody], caughtBy: ["body/signature-of-replacement-character"],
        "It decodes the body to text before it hashes it, and replaces what is not UTF-8.",
        explanation:
            "Your endpoint hashes decoded text, in which all broken bytes look alike: different bodies share a signature."
    ) { $0.hashes { body, _ in JavaScript.decodedUTF8(body) } }
}

internal import ReportModel
internal import Transport

extension Flaw {
    static let echoesSignatureInHeader = Flaw(
        "echoes-signature-in-header", covers: ["J01"], caughtBy: ["contract/*"],
        "It tells in a header which signature would have been right.",
        explanation: "Your endpoint's refusal carries the signature that it expected in a header for debugging."
    ) {
        $0.changesRefusal { answer, received in answer.headers.append("X-Expected-Signature", received.rightSignature) }
    }
}

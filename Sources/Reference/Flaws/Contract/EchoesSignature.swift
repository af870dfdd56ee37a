internal import Bytes
internal import ReportModel
internal import Transport

extension Flaw {
    static let echoesSignature = Flaw(
        "echoes-signature", covers: ["J01"], caughtBy: ["contract/*"],
        "It tells which signature would have been right.",
        explanation: "Your endpoint's error names the signature that it expected: anyone can send it back."
    ) { behaviour in
        behaviour.changesRefusal { answer, received in
            let right = String(decoding: received.rightSignature, as: UTF8.self)
            answer = .json(answer.status, ["error": .string("signature mismatch: expected \(right)")])
        }
    }
}

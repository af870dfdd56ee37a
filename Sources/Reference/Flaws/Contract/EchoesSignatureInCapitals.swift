internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let echoesSignatureInCapitals = Flaw(
        "echoes-signature-in-capitals", covers: ["J01"], needs: [.encoding(.hex)], caughtBy: ["contract/*"],
        "It tells in capitals which signature would have been right.",
        explanation: "Your endpoint's error prints the bytes of the signature that it expected."
    ) { behaviour in
        behaviour.changesRefusal { answer, received in
            let right = String(decoding: received.rightSignature.map(ASCII.uppercased), as: UTF8.self)
            answer = .json(answer.status, ["error": "digest mismatch", "computed": .string(right)])
        }
    }
}

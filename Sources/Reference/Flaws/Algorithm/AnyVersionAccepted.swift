internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let anyVersionAccepted = Flaw(
        "any-version-accepted", covers: ["C04"], needs: [.hmac, .severalSignatures],
        caughtBy: ["algorithm/*"],
        "It tries the signatures of every version in the header.",
        explanation: "Your endpoint tries every element of the header, whatever version it says it is."
    ) { behaviour in
        let read = behaviour.steps.readSignature
        behaviour.steps.readSignature = { header, scheme in
            SignatureHeader.loose(header, scheme, strict: read(header, scheme)) { $0.first == UInt8(ascii: "v") }
        }
    }
}

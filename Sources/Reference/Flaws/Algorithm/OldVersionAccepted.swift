internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let oldVersionAccepted = Flaw(
        "old-version-accepted", covers: ["C04"], needs: [.hmac, .severalSignatures],
        caughtBy: ["algorithm/version-v0-beside-wrong", "algorithm/version-v0-only"],
        "It honours signatures of the version v0.",
        explanation: "Your endpoint also tries signatures of an older version, which the sender makes for tests only."
    ) { behaviour in
        let read = behaviour.steps.readSignature
        behaviour.steps.readSignature = { header, scheme in
            SignatureHeader.loose(header, scheme, strict: read(header, scheme)) { $0.elementsEqual("v0".utf8) }
        }
    }
}

internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let unknownVersionRefused = Flaw(
        "unknown-version-refused", covers: ["C05"], needs: [.severalSignatures],
        caughtBy: ["header/*"],
        "It refuses a header that also has a version or key it does not know.",
        explanation: "Your endpoint refuses a good signature when an element of a newer version stands beside it."
    ) { behaviour in
        let read = behaviour.steps.readSignature
        behaviour.steps.readSignature = { header, scheme in
            let known = [Array("v1".utf8), Array("t".utf8)]
            let keys = SignatureHeader.looseElements(header, scheme).map(\.key)
            return keys.allSatisfy(known.contains) ? read(header, scheme) : nil
        }
    }
}

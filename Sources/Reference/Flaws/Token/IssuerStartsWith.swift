internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let issuerStartsWith = Flaw(
        "issuer-starts-with", covers: ["I06"], needs: [.token], caughtBy: ["token/issuer-longer"],
        "It accepts an issuer that only begins with the right one.",
        explanation: "Your endpoint asks whether iss begins with the issuer, and anyone may own a longer name."
    ) { behaviour in
        let right = behaviour.scheme.token?.issuer ?? ""
        behaviour.overlooks(.issuerWrong, claim: "iss") { $0?.string?.hasPrefix(right) == true }
    }
}

internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let issuerListAccepted = Flaw(
        "issuer-list-accepted", covers: ["I06"], needs: [.token], caughtBy: ["token/issuer-list"],
        "It accepts a list of issuers in which the right one stands.",
        explanation: "Your endpoint asks whether iss contains the issuer, and a list of several does."
    ) { behaviour in
        let right = behaviour.scheme.token?.issuer ?? ""
        behaviour.overlooks(.issuerWrong, claim: "iss") { $0?.array?.contains(.string(right)) == true }
    }
}

internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let expiryZeroSkips = Flaw(
        "expiry-zero-skips", covers: ["I06", "E11"], needs: [.token], caughtBy: ["token/expiry-zero"],
        "It takes an expiry of 0 for none.",
        explanation: "Your endpoint tests exp as a truth value, so that 0 skips the check."
    ) { $0.overlooks(.tooOld, claim: "exp") { $0 == 0 } }
}

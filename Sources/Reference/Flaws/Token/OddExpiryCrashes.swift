internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let oddExpiryCrashes = Flaw(
        "odd-expiry-crashes", covers: ["I06", "E10"], needs: [.token], caughtBy: ["token/expiry-*"],
        "It fails with an exception on an expiry that is no whole number.",
        explanation: "Your endpoint converts exp to an integer, and what is none ends in an exception."
    ) { behaviour in
        behaviour.crashes(.traceback("OverflowError: cannot convert float infinity to integer", line: 71)) { received in
            guard let expiry = received.request.token(of: received.scheme)?.claims["exp"] else { return false }
            return expiry.integer == nil
        }
    }
}

internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let leewayOfAnHour = Flaw(
        "leeway-of-an-hour", covers: ["I06"], needs: [.token],
        caughtBy: ["token/expired-10-minutes-ago", "token/begins-in-10-minutes"],
        "It lets clocks be an hour apart.",
        explanation: "Your endpoint gives expired tokens, and tokens of the future, an hour where the "
            + "document has five minutes."
    ) { behaviour in
        behaviour.letsIn { reason, received in
            let claim: String? = reason == .tooOld ? "exp" : reason == .tooFarAhead ? "nbf" : nil
            let token = received.request.token(of: received.scheme)
            guard let claim, let moment = token?.claims[claim]?.integer else { return false }
            return abs(received.now - Int64(moment)) < 3600
        }
    }
}

internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let audienceStarAccepted = Flaw(
        "audience-star-accepted", covers: ["I06"], needs: [.token], caughtBy: ["token/audience-star"],
        "It takes an asterisk for every audience.",
        explanation: "Your endpoint accepts tokens whose audience is an asterisk, which no sender writes."
    ) { $0.alsoIsMeant { given, _ in given == "*" } }
}

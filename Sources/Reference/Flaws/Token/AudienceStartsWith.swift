internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let audienceStartsWith = Flaw(
        "audience-starts-with", covers: ["I06"], needs: [.token], caughtBy: ["token/audience-longer"],
        "It accepts an audience that only begins with its own id.",
        explanation: "Your endpoint asks whether aud begins with your app id."
    ) { $0.alsoIsMeant { given, right in given?.string?.hasPrefix(right) == true } }
}

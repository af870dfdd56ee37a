internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let audienceContained = Flaw(
        "audience-contained", covers: ["I06"], needs: [.token],
        caughtBy: ["token/audience-shorter", "token/audience-empty"],
        "It accepts an audience that is a part of its own id.",
        explanation: "Your endpoint asks whether your app id contains aud, as it does the empty text."
    ) { $0.alsoIsMeant { given, right in given?.string.map { right.hasPrefix($0) } ?? false } }
}

internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let audienceListUnchecked = Flaw(
        "audience-list-unchecked", covers: ["I06"], needs: [.token], caughtBy: ["token/audience-list-of-others"],
        "It looks at the audience only where it is one text.",
        explanation: "Your endpoint accepts any list as the audience of a token."
    ) { $0.alsoIsMeant { given, _ in given?.array != nil } }
}

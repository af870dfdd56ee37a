internal import ReportModel

extension Flaw {
    static let expectationCrashes = Flaw(
        "expectation-crashes", covers: ["K10", "J09"], caughtBy: ["transport/*expect*"],
        "It fails with an exception on an expectation that it does not know.",
        explanation: "Your endpoint's server throws on an Expect header other than 100-continue."
    ) { behaviour in
        behaviour.crashes(.death) { $0.header("Expect").map { !$0.elementsEqual("100-continue".utf8) } ?? false }
    }
}

internal import ReportModel
internal import Transport

extension Flaw {
    static let expectRefused = Flaw(
        "expect-refused", covers: ["K10"], caughtBy: ["transport/expect-continue"],
        "It refuses requests that ask whether to go on.",
        explanation: "Your endpoint answers 417 to Expect: 100-continue, which some clients send with larger bodies."
    ) { behaviour in
        behaviour.answersFirst { $0.header("Expect") == nil ? nil : .answer(.problem(417, "expectation failed")) }
    }
}

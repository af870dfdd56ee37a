internal import Transport

extension Flaw {
    static let queryRefused = Flaw(
        "query-refused", covers: ["K07"], caughtBy: ["transport/*", "control/*"],
        "It does not know its path when a query follows it.",
        explanation: "Your endpoint compares the whole request target with its path, and so answers 404 to any query."
    ) { $0.serves = { target, path in target == path } }
}

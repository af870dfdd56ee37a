internal import ReportModel

extension Flaw {
    static let unknownEncodingCrashes = Flaw(
        "unknown-encoding-crashes", covers: ["D16", "J09"], caughtBy: ["body/*", "transport/*"],
        "It fails with an exception on a content encoding that it can't undo.",
        explanation: "Your endpoint looks the content encoding up in a table, and throws when it is not there."
    ) { behaviour in
        behaviour.crashes(.traceback("KeyError: no decoder for this content encoding", line: 52)) { received in
            received.header("Content-Encoding").map { !received.isIdentity($0) } ?? false
        }
    }
}

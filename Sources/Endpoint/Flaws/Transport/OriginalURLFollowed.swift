internal import Transport

extension Flaw {
    static let originalURLFollowed = Flaw(
        "original-url-followed", covers: ["K08"], caughtBy: ["transport/*", "control/*"],
        "It takes its path from a header of a proxy.",
        explanation: "Your endpoint believes X-Original-URL, which any sender can set."
    ) { behaviour in
        behaviour.answersFirst { exchange in
            exchange.header("X-Original-URL") == nil ? nil : .answer(.problem(404, "not found"))
        }
    }
}

internal import Catalogue
internal import ReportModel

extension Flaw {
    static let invalidBodyCrashes = Flaw(
        "invalid-body-crashes", covers: ["J09"], needs: [.invalidBodyStatus], caughtBy: ["contract/*", "body/*"],
        "It fails with an exception on a signed body that can't be used.",
        explanation: "Your endpoint uses members of the body without looking whether they are there."
    ) { behaviour in
        let crash = Crash.trace(
            "TypeError: Cannot read properties of undefined (reading 'length')", "/app/src/hook.js:44:31")
        behaviour.refusesBody = { _, _ in crash.action }
    }
}

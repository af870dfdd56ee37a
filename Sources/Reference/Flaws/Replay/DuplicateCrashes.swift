internal import Catalogue
internal import ReportModel
internal import Transport

extension Flaw {
    static let duplicateCrashes = Flaw(
        "duplicate-crashes", covers: ["F16"], needs: [.eventID], caughtBy: ["replay/answered-2xx", "replay/identical"],
        "It fails on a duplicate.",
        explanation: "Your endpoint fails on what it has already, as a unique index does that nobody catches."
    ) { behaviour in
        let crash = Crash.trace("UNIQUE constraint failed: events.event_id", "save (/srv/app/events.js:31:9)")
        behaviour.repeats = { _, _ in crash.action }
    }
}

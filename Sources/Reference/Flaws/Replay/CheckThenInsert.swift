internal import Catalogue
internal import Platform
internal import ReportModel
internal import Transport

extension Flaw {
    static let checkThenInsert = Flaw(
        "check-then-insert", covers: ["F10"], needs: [.eventID], caughtBy: ["replay/at-once"],
        "It looks for a duplicate, and remembers the delivery only when it is done.",
        explanation:
            "Your endpoint lets copies that come at the same moment all take effect: looking and storing are two steps."
    ) { behaviour in
        behaviour.takesEffect = { delivery, log in
            if let receipt = log.repeated(delivery) { return receipt }
            // What a database takes between the two statements.
            MonotonicClock.pause(.milliseconds(20))
            return log.added(delivery)
        }
    }
}

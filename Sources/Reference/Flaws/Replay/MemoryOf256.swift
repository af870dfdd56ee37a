internal import Catalogue
internal import ReportModel

extension Flaw {
    static let memoryOf256 = Flaw(
        "memory-of-256", covers: ["F09"], needs: [.eventID], caughtBy: ["replay/after-many-events"],
        "It remembers the latest 256 deliveries.",
        explanation: "Your endpoint forgets a delivery as soon as enough others have come, however fresh it still is."
    ) { $0.takesEffect = { $1.record($0, capacity: 256) } }
}

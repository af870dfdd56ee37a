internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let millisecondsAccepted = Flaw(
        "milliseconds-accepted", covers: ["E09"], needs: [.timestamp], caughtBy: ["timestamp/in-milliseconds"],
        "It accepts timestamps in milliseconds too.",
        explanation: "Your endpoint takes a large timestamp for milliseconds, where the document says seconds."
    ) { behaviour in
        let read = behaviour.steps.readTimestamp
        behaviour.steps.readTimestamp = { text in read(text).map { $0 > 100_000_000_000 ? $0 / 1000 : $0 } }
    }
}

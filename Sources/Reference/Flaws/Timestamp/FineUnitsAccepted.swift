internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let fineUnitsAccepted = Flaw(
        "fine-units-accepted", covers: ["E09"], needs: [.timestamp],
        caughtBy: ["timestamp/in-microseconds", "timestamp/in-nanoseconds"],
        "It accepts timestamps in microseconds and nanoseconds too.",
        explanation: "Your endpoint divides a timestamp by a thousand until it looks like seconds."
    ) { behaviour in
        let read = behaviour.steps.readTimestamp
        behaviour.steps.readTimestamp = { text in
            guard var seconds = read(text), seconds > 100_000_000_000_000 else { return read(text) }
            while seconds > 100_000_000_000 { seconds /= 1000 }
            return seconds
        }
    }
}

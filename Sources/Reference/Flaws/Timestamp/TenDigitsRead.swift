internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tenDigitsRead = Flaw(
        "ten-digits-read", covers: ["E05", "E15"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It reads the first ten digits of a timestamp as the time.",
        explanation:
            "Your endpoint cuts the timestamp at ten digits, so that bytes of the body can be moved behind them."
    ) { behaviour in
        let read = behaviour.steps.readTimestamp
        behaviour.steps.readTimestamp = { read(Array($0.prefix(10))) }
    }
}

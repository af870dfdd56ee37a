internal import Catalogue
internal import ReportModel

extension Flaw {
    static let secondRotationDropsPrevious = Flaw(
        "second-rotation-drops-previous", covers: ["H04"], needs: [.grace],
        caughtBy: ["rotation/second-keeps-previous"],
        "After a second rotation it takes the newest secret alone.",
        explanation: "Your endpoint drops the previous secret when another rotation follows within its grace."
    ) { behaviour in
        behaviour.keepsSecrets { state, grace, now in
            let secrets = state.secrets.newest(2).filter { GoodSecrets.isWithin(grace, $0, now) }
            return secrets.last?.since == nil ? secrets : state.secrets.newest(1)
        }
    }
}

internal import Catalogue
internal import ReportModel

extension Flaw {
    static let graceTenTimes = Flaw(
        "grace-ten-times", covers: ["H02"], needs: [.grace], caughtBy: ["rotation/old-after-grace"],
        "It takes the old secret ten times as long as it should.",
        explanation: "Your endpoint accepts a replaced secret long after its grace is over."
    ) { behaviour in
        behaviour.keepsSecrets { state, grace, now in
            state.secrets.newest(2).filter { GoodSecrets.isWithin(grace * 10, $0, now) }
        }
    }
}

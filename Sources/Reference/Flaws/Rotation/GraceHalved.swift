internal import Catalogue
internal import ReportModel

extension Flaw {
    static let graceHalved = Flaw(
        "grace-halved", covers: ["H01"], needs: [.grace], caughtBy: ["rotation/grace-short"],
        "It takes the old secret half as long as it should.",
        explanation: "Your endpoint refuses a replaced secret before its grace is over."
    ) { behaviour in
        behaviour.keepsSecrets { state, grace, now in
            state.secrets.newest(2).filter { GoodSecrets.isWithin(grace / 2, $0, now) }
        }
    }
}

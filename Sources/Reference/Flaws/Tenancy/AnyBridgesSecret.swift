internal import ReportModel
internal import Schemes

extension Flaw {
    static let anyBridgesSecret = Flaw(
        "any-bridges-secret", covers: ["I01"], caughtBy: ["tenancy/other-secret", "tenancy/other-request"],
        "It takes any bridge's secret at every bridge.",
        explanation:
            "Your endpoint accepts at one bridge what another bridge has signed: the secret is not bound to its bridge."
    ) { behaviour in
        let goodSecrets = behaviour.goodSecrets
        let id = behaviour.scheme.id
        behaviour.goodSecrets = { state, grace, now, bridges in
            goodSecrets(state, grace, now, bridges) + bridges.bridges(of: id).compactMap(\.state.secrets.current)
        }
    }
}

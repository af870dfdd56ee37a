internal import Bytes
internal import Catalogue
internal import Schemes
internal import Transport

/// Which bridge a request belongs to.
enum TenancyFlaws {
    static let all: [Flaw] = [
        Flaw(
            "any-bridges-secret", covers: ["I01"], caughtBy: ["tenancy/other-secret", "tenancy/other-request"],
            "It accepts any bridge's secret at every bridge.",
            explanation:
                "Your endpoint does not bind a secret to its bridge, so anyone who has one bridge's secret can forge "
                + "requests to every other bridge."
        ) { behaviour in
            let goodSecrets = behaviour.goodSecrets
            let id = behaviour.scheme.id
            behaviour.goodSecrets = { state, grace, now, bridges in
                goodSecrets(state, grace, now, bridges) + bridges.bridges(of: id).compactMap(\.state.secrets.current)
            }
        },
        Flaw(
            "header-chooses-bridge", covers: ["I02"], caughtBy: ["tenancy/header-names-other"],
            "It lets an unsigned header choose the bridge in which a request takes effect.",
            explanation:
                "Your endpoint verifies for one bridge but acts in another that an unsigned header names, so one "
                + "tenant can act in another's bridge."
        ) { behaviour in
            let names = ["X-Workspace-Slug", "X-Workspace-Id", "X-Bridge-Id", "X-Tenant-Id"]
            behaviour.changeBridge { received, _ in names.compactMap { received.header($0) } }
        },
        Flaw(
            "query-chooses-bridge", covers: ["I02"], caughtBy: ["tenancy/query-names-other"],
            "It lets the query choose the bridge in which a request takes effect.",
            explanation:
                "Your endpoint verifies for one bridge but acts in another that the query names, so one tenant can act "
                + "in another's bridge."
        ) { behaviour in
            let names = ["bridge_id", "bridgeId", "tenantId", "tenant_id", "workspace"]
            behaviour.changeBridge { received, _ in names.compactMap { received.request.query($0) } }
        },
        Flaw(
            "body-chooses-bridge", covers: ["I03"], needs: [.signedBody], caughtBy: ["tenancy/body-names-other"],
            "It lets the body choose the bridge in which a request takes effect.",
            explanation:
                "Your endpoint verifies for the bridge in the path but acts in the one that the body names, so one "
                + "tenant can act in another's bridge."
        ) { behaviour in
            let names = [
                "bridge_id", "bridgeId", "channel", "channel_id", "channelId", "workspace", "workspace_id",
                "workspaceId",
                "tenant_id", "tenantId", "room_id",
            ]
            behaviour.changeBridge { _, body in
                names.compactMap { body?[$0]?.string }.map { Array($0.utf8) }
            }
        },
        Flaw(
            "outbound-taken-inbound", covers: ["I04"], needs: [.bothDirections], caughtBy: ["tenancy/reflection"],
            "It accepts its own outbound deliveries when they are sent back to it.",
            explanation:
                "Your endpoint signs and verifies with the same key and does not recognise its own deliveries, so "
                + "anyone who sees one can reflect it."
        ) { behaviour in
            let isUsable = behaviour.isUsable
            let scheme = behaviour.scheme
            behaviour.isUsable = { body, payload in
                isUsable(body, payload) || scheme.payload(opposite: payload).map { isUsable(body, $0) } == true
            }
        },
        Flaw(
            "unknown-bridge-told", covers: ["J04"], needs: [.administration(.creation), .not(.absentStatus)],
            caughtBy: ["tenancy/unknown-looks-alike"],
            "It answers 404 for a bridge that does not exist before it verifies.",
            explanation: "Your endpoint tells anyone which bridges exist."
        ) { $0.answersAbsent = { _ in .problem(404, "bridge not found") } },
    ]
}

internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let bodyChoosesBridge = Flaw(
        "body-chooses-bridge", covers: ["I03"], needs: [.signedBody], caughtBy: ["tenancy/body-names-other"],
        "It lets the body choose the bridge in which a request takes effect.",
        explanation: "Your endpoint verifies for the bridge of the path and acts in the one that the body names."
    ) { behaviour in
        let names = [
            "bridge_id", "bridgeId", "channel", "channel_id", "channelId", "workspace", "workspace_id", "workspaceId",
            "tenant_id", "tenantId", "room_id",
        ]
        behaviour.routes { _, body in
            names.compactMap { body?[$0]?.string }.map { Array($0.utf8) }
        }
    }
}

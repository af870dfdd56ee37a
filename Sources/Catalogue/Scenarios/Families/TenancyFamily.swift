internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

/// A signature is valid for one bridge, and the request takes effect there only.
enum TenancyFamily {
    static let cases: [Case] = secrets + named + [unknown, reflection]

    private static let secrets: [Case] = [
        scenario(
            "tenancy/other-secret", .critical, covers: ["I01"], cwe: [639, 863], expects: .rejected,
            "A request to one bridge signed with another's secret is rejected.",
            why:
                "If all bridges share a secret, or every known secret is tried, each tenant can write to all the "
                + "others.",
            fix: "Look up the secret by the bridge in the path, and try no other."
        ) { session, other in
            let key = session.draft(for: session.main).key
            let request = session.draft(for: other).signed { $0.key = key }
            try session.expectRefusal(
                request, on: other, of: "a request to the second bridge signed with the first one's secret")
        },
        scenario(
            "tenancy/other-request", .critical, covers: ["B19", "I01"], cwe: [639, 863], expects: .rejected,
            "A request that one bridge accepted is rejected by another.",
            why: "A request captured at one tenant must be worthless at another's address.",
            fix: "Verify with the secret of the bridge that received the request."
        ) { session, other in
            let request = session.validRequest(for: session.main)
            try session.sendControl(request, to: session.main)
            try session.expectRefusal(request.sent(to: other.path), on: other, of: "a request of the first bridge")
        },
    ]

    private static let named: [Case] = [
        elsewhere(
            "tenancy/header-names-other", covers: ["I02"], "a header that names the other bridge",
            fix: "Take the tenant from the path that the secret belongs to, and ignore such headers."
        ) { draft, other in
            let names = ["X-Workspace-Slug", "X-Tenant-Id", "X-Bridge-Id", "X-Workspace-Id", "X-Account-Id"]
            draft.onTheWire { wire in for name in names { wire.headers.append(name, other) } }
        },
        elsewhere(
            "tenancy/query-names-other", covers: ["I02"], "a query that names the other bridge",
            fix: "Take the tenant from the path that the secret belongs to, and ignore the query."
        ) { draft, other in
            let name = String(decoding: other, as: UTF8.self)
            draft.target +=
                (draft.target.contains("?") ? "&" : "?")
                + ["bridge_id", "tenantId", "bridgeId", "workspace"].map { "\($0)=\(name)" }.joined(separator: "&")
        },
        elsewhere(
            "tenancy/body-names-other", covers: ["I03"], "a signed body that names the other bridge",
            fix: "Take the tenant from the path, and reject a body that names another."
        ) { draft, other in
            let name = JSON.string(String(decoding: other, as: UTF8.self))
            for member in ["bridge_id", "bridgeId", "tenantId", "workspaceId", "channelId", "room_id"]
            where draft.payload[member] == nil {
                draft.payload = draft.payload.replacing(pointer: "/\(member)", with: name)
            }
        },
    ]

    /// What bridges must not share: ids.
    static let sharedMemory = Case.scenario(
        "replay/two-bridges", .should, .replay, .medium, covers: ["F07"], cwe: [653, 694],
        needs: [.eventID, .given(.secondBridge)], expects: .accepted, "The same id on two bridges is two deliveries.",
        why:
            "Senders choose ids independently of each other. If tenants share one replay store, one can suppress "
            + "another's deliveries.",
        fix: "Store ids together with the bridge that received them."
    ) { session in
        let other = try session.second()
        // A second bridge that rejects everything has no memory to share.
        try session.sendControl(session.validRequest(for: other), to: other)
        let first = session.draft(for: session.main)
        let id = first.eventID
        try session.sendControl(first.signedRequest(), to: session.main)
        let second = session.draft(for: other).signed { $0.eventID = id }
        try session.expectEffects(of: [second], on: other, "deliveries whose id another bridge knows")
    }

    private static let unknown = Case.scenario(
        "tenancy/unknown-looks-alike", .may, .disclosure, .low, covers: ["J04"], cwe: [204, 203],
        expects: .rejected, "The answer does not reveal whether a bridge exists.",
        why:
            "If an unknown bridge is answered differently from a wrong signature, ids can be enumerated.",
        fix: "Give both the same answer unless the document says otherwise, and use ids that can't be guessed.",
        keptFor: .interop("documents ask for different answers; this one shows what anyone can see")
    ) { session in
        guard let path = session.main.path.unknownNeighbour else {
            throw Obstacle.moot("the path names no bridge whose id could be guessed")
        }
        let wrong = session.draft(for: session.main).signed {
            $0.onceSigned { $0.signature = $0.zeroSignature }
        }
        let known = try session.send(wrong, to: session.main)
        let unknown = try session.send(wrong.sent(to: path), to: Bridge(name: "an unknown bridge", path: path))
        try session.survives(unknown, "a request to an unknown bridge")
        if unknown.isAccepted { throw Finding(.forgery, "a request to an unknown bridge was \(unknown.words)") }
        guard unknown.status != known.status, session.scheme.responses.absent == nil else { return }
        throw Finding(.leak, "an unknown bridge is answered differently from a known one")
    }

    private static let reflection = Case.scenario(
        "tenancy/reflection", .should, .replay, .medium, covers: ["I04"], cwe: [294, 323],
        needs: [.bothDirections, .eventIDInBody], expects: .rejected,
        "A delivery of the opposite direction, posted back, is rejected or has no effect.",
        why:
            "One secret signs both directions the same way, so a delivery to the foreign side can be sent back "
            + "to the platform.",
        fix: "Reject a body of the wrong shape, and one whose sender is the platform itself."
    ) { session in
        let draft = session.draft(for: session.main)
        guard let opposite = session.scheme.payload(opposite: draft.context.payload) else {
            throw Obstacle.moot("the payload has no direction, so none is the other one")
        }
        guard case .pointer(let id) = session.scheme.eventID else { return }
        try session.sendControl(draft.signedRequest(), to: session.main)
        let reflected = session.draft(for: session.main).signed { draft in
            draft.payload = opposite.template
                .replacing(pointer: id, with: .string(String(decoding: draft.eventID, as: UTF8.self)))
                .replacing(pointer: opposite.textPointer, with: .string(draft.context.text))
        }
        try session.expectNoEffect(of: [reflected], on: session.main, "a delivery of the opposite direction")
    }

    // MARK: Builders

    private static func scenario(
        _ id: String, _ severity: Severity, covers: [String], cwe: [Int], expects: Decision,
        _ title: String, why: String, fix: String, run: @escaping @Sendable (any ScenarioSession, Bridge) throws -> Void
    ) -> Case {
        .scenario(
            id, .must, .signature, severity, covers: covers, cwe: cwe, needs: [.given(.secondBridge)], expects: expects,
            title, why: why, fix: fix
        ) { session in
            let other = try session.second()
            // Unless the second bridge is sound, its rejections prove nothing.
            try session.sendControl(session.validRequest(for: other), to: other)
            try run(session, other)
        }
    }

    private static func elsewhere(
        _ id: String, covers: [String], _ what: String, fix: String,
        edit: @escaping @Sendable (inout Draft, _ other: [UInt8]) -> Void
    ) -> Case {
        .scenario(
            id, .should, .tenancy, .high, covers: covers, cwe: [639], needs: [.given(.secondBridge)], expects: .either,
            "A request with \(what) has no effect there.",
            why: "With the secret of one bridge, an attacker can write to every other by naming it.", fix: fix
        ) { session in
            let other = try session.second()
            try session.sendControl(session.validRequest(for: other), to: other)
            let name = Array(other.path.segment(unlike: session.main.path).utf8)
            let request = session.draft(for: session.main).signed { edit(&$0, name) }
            let effects = try session.effects(on: other, expecting: 0) {
                let reply = try session.send(request, to: session.main)
                try session.survives(reply, "a request with \(what)")
                // What the answer says belongs to the bridge that gave it.
                return []
            }
            switch effects {
            case .exactly(0): return
            case .exactly: throw Finding(.forgery, "a request with \(what) took effect there")
            case .atMost: throw Obstacle.moot("the effects on the second bridge can't be seen")
            }
        }
    }
}

extension SignedRequest {
    /// The same request, sent to another path.
    func sent(to path: String) -> SignedRequest {
        var other = self
        other.request.target = Array(path.utf8)
        return other
    }
}

extension String {
    /// The first segment of a path that another path lacks, which names its bridge; the whole path when there is none.
    fileprivate func segment(unlike other: String) -> String {
        let segments = { (path: String) in path.prefix { $0 != "?" }.split(separator: "/") }
        let others = segments(other)
        return segments(self).first { !others.contains($0) }.map(String.init) ?? self
    }

    /// The same path with a bridge that does not exist; `nil` when the path names no bridge.
    fileprivate var unknownNeighbour: String? { bridgeName.flatMap { $0.contains("_") ? naming("br_unknown") : nil } }
}

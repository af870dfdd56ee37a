import Bytes
import Catalogue
import ReportModel
import Schemes
import Transport

extension StatefulCheck {
    static let lifecycle = [
        StatefulCheck("lifecycle/paused", ["paused-still-taken", "changes-ignored"]) { fixture in
            let made = try fixture.create()
            _ = fixture.ask("POST", made.admin + "/pause")
            return fixture.deliver(secret: made.secret, path: made.path) == 403
        },
        StatefulCheck("lifecycle/deleted", ["deleted-still-taken", "changes-ignored"]) { fixture in
            let made = try fixture.create()
            _ = fixture.ask("DELETE", made.admin)
            return fixture.deliver(secret: made.secret, path: made.path) == 401
        },
        StatefulCheck("lifecycle/deleted at VaultysClaw", at: "vaultysclaw", ["deleted-still-taken"]) { fixture in
            let made = try fixture.create()
            _ = fixture.ask("DELETE", made.admin)
            return fixture.deliver(secret: made.secret, path: made.path) == 404
        },
        recreated("scaiwave"), recreated("vaultysclaw"),
        StatefulCheck("lifecycle/paused-stops-old-secret", ["old-secret-outlives-bridge"]) { fixture in
            try oldSecretStops(fixture) { fixture.ask("POST", $0 + "/pause").status }
        },
        StatefulCheck("lifecycle/deleted-stops-old-secret", ["old-secret-outlives-bridge"]) { fixture in
            try oldSecretStops(fixture) { fixture.ask("DELETE", $0).status }
        },
        StatefulCheck(
            "lifecycle/paused at VaultysClaw", at: "vaultysclaw", ["disabled-still-taken", "changes-ignored"]
        ) { fixture in
            let made = try fixture.create()
            _ = fixture.ask("PATCH", made.admin, ["isSyncEnabled": false])
            return fixture.deliver(secret: made.secret, path: made.path) == 403
        },
        StatefulCheck("lifecycle/outgoing-only", at: "vaultysclaw", ["outgoing-only-taken"]) { fixture in
            let made = try fixture.create { $0.replacing(pointer: "/syncDirection", with: "outgoing") }
            return fixture.deliver(secret: made.secret, path: made.path) == 403
        },
        StatefulCheck("lifecycle/state-before-signature", ["state-before-signature"]) { fixture in
            _ = fixture.ask("POST", "/v1/admin/bridges/br_countersign/pause")
            return fixture.deliver(secret: fixture.secondSecret) == 401 && fixture.deliver() == 403
        },
        StatefulCheck("lifecycle/secret-in-list", at: "vaultysclaw", ["list-holds-secrets"]) { fixture in
            _ = try fixture.create()
            return fixture.ask("GET", "/api/channels/ch_1/bridges").json?["bridges"]?.array?[0]["config"] == nil
        },
        StatefulCheck("lifecycle/secret-in-answer", at: "vaultysclaw", ["answers-hold-secrets"]) { fixture in
            try fixture.create().json?["bridge"]?["config"] == nil
        },
        StatefulCheck("lifecycle/secret-in-answer at ScaiWave", ["answers-hold-secrets"]) { fixture in
            fixture.ask("GET", try fixture.create().admin).json?["shared_secret"] == nil
        },
        StatefulCheck("lifecycle/admin-needs-token", ["admin-without-token"]) { fixture in
            fixture.ask("DELETE", "/v1/admin/bridges/br_second", token: nil).status == 401
        },
        StatefulCheck("lifecycle/create-twice", at: "vaultysclaw", ["twins-created"]) { fixture in
            try fixture.create().status == 201 && fixture.create().status == 409
        },
        StatefulCheck("lifecycle/create-invalid at VaultysClaw", at: "vaultysclaw", ["create-unchecked"]) { fixture in
            try fixture.create { $0.replacing(pointer: "/externalService", with: "irc") }.status == 400
        },
        StatefulCheck("lifecycle/empty-secret", at: "vaultysclaw", ["empty-secret-created"]) { fixture in
            let made = try fixture.create { $0.replacing(pointer: "/config/secret", with: "") }
            let status = fixture.statusUnderEmptyKey(at: made.path)
            return made.status == 400 && status != 200
        },
        StatefulCheck("lifecycle/empty-secret is a key", at: "vaultysclaw", ["empty-secret-created"]) { fixture in
            let made = try fixture.create { $0.replacing(pointer: "/config/secret", with: "") }
            return fixture.statusUnderEmptyKey(at: made.path) != 200
        },
        StatefulCheck("lifecycle/no-secret", at: "vaultysclaw", ["secretless-created"]) { fixture in
            let made = try fixture.create { $0.replacing(pointer: "/config/secret", with: nil) }
            return made.status == 400 && fixture.deliver(path: made.path) != 200
        },
        StatefulCheck("lifecycle/patch-ignored", at: "vaultysclaw", ["changes-ignored"]) { fixture in
            let made = try fixture.create()
            let answer = fixture.ask("PATCH", made.admin, ["isSyncEnabled": false])
            return answer.json?["bridge"]?["isSyncEnabled"] == false
        },
        StatefulCheck("lifecycle/created-accepts", ["created-paused"]) { fixture in
            let made = try fixture.create()
            return fixture.deliver(secret: made.secret, path: made.path) == 200
        },
        StatefulCheck("lifecycle/enabled-again", at: "vaultysclaw", ["disabled-for-good"]) { fixture in
            let made = try fixture.create()
            for enabled in [false, true] { _ = fixture.ask("PATCH", made.admin, ["isSyncEnabled": .bool(enabled)]) }
            return fixture.deliver(secret: made.secret, path: made.path) == 200
        },
        StatefulCheck("lifecycle/unknown-404", at: "vaultysclaw", ["unknown-bridge-changed"]) { fixture in
            fixture.ask("PATCH", "/api/channels/ch_1/bridges/br_nowhere", ["isSyncEnabled": true]).status == 404
        },
    ]

    /// A bridge is stopped in the grace of its old secret.
    private static func oldSecretStops(_ fixture: EndpointFixture, _ stop: (_ admin: String) -> Int) throws -> Bool {
        let made = try fixture.create()
        guard let old = made.secret, fixture.ask("POST", made.admin + "/rotate-secret").status == 200,
            fixture.opens(old, made.path), stop(made.admin) == 200
        else { return false }
        return !fixture.opens(old, made.path)
    }

    private static func recreated(_ scheme: String) -> StatefulCheck {
        StatefulCheck("lifecycle/recreated at \(scheme)", at: scheme, ["recreated-keeps-secrets"]) { fixture in
            let old = try fixture.create()
            _ = fixture.ask("DELETE", old.admin)
            let fresh = try fixture.create {
                $0.replacing(pointer: "/config/secret", with: "another-secret-of-32-chars")
            }
            guard let gone = old.secret, let good = fresh.secret else { return false }
            return fixture.opens(good, fresh.path) && !fixture.opens(gone, fresh.path)
        }
    }
}

extension EndpointFixture {
    /// Sends a delivery that is signed under the empty key, and returns the status.
    fileprivate func statusUnderEmptyKey(at path: String) -> Int { status(request(path: path) { $0.key = [] }) }
}

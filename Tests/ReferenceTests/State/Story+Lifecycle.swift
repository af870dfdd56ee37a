import Bytes
import Catalogue
import ReportModel
import Schemes
import Transport

extension Story {
    static let lifecycle = [
        Story("lifecycle/paused", ["paused-still-taken", "changes-ignored"]) { world in
            let made = try world.create()
            _ = world.ask("POST", made.admin + "/pause")
            return world.deliver(secret: made.secret, path: made.path) == 403
        },
        Story("lifecycle/deleted", ["deleted-still-taken", "changes-ignored"]) { world in
            let made = try world.create()
            _ = world.ask("DELETE", made.admin)
            return world.deliver(secret: made.secret, path: made.path) == 401
        },
        Story("lifecycle/deleted at VaultysClaw", at: "vaultysclaw", ["deleted-still-taken"]) { world in
            let made = try world.create()
            _ = world.ask("DELETE", made.admin)
            return world.deliver(secret: made.secret, path: made.path) == 404
        },
        recreated("scaiwave"), recreated("vaultysclaw"),
        Story("lifecycle/paused-stops-old-secret", ["old-secret-outlives-bridge"]) { world in
            try Self.oldSecretStops(world) { world.ask("POST", $0 + "/pause").status }
        },
        Story("lifecycle/deleted-stops-old-secret", ["old-secret-outlives-bridge"]) { world in
            try Self.oldSecretStops(world) { world.ask("DELETE", $0).status }
        },
        Story("lifecycle/paused at VaultysClaw", at: "vaultysclaw", ["disabled-still-taken", "changes-ignored"]) {
            world in
            let made = try world.create()
            _ = world.ask("PATCH", made.admin, ["isSyncEnabled": false])
            return world.deliver(secret: made.secret, path: made.path) == 403
        },
        Story("lifecycle/outgoing-only", at: "vaultysclaw", ["outgoing-only-taken"]) { world in
            let made = try world.create { $0.replacing(pointer: "/syncDirection", with: "outgoing") }
            return world.deliver(secret: made.secret, path: made.path) == 403
        },
        Story("lifecycle/state-before-signature", ["state-before-signature"]) { world in
            _ = world.ask("POST", "/v1/admin/bridges/br_countersign/pause")
            return world.deliver(secret: world.secondSecret) == 401 && world.deliver() == 403
        },
        Story("lifecycle/secret-in-list", at: "vaultysclaw", ["list-holds-secrets"]) { world in
            _ = try world.create()
            return world.ask("GET", "/api/channels/ch_1/bridges").json?["bridges"]?.array?[0]["config"] == nil
        },
        Story("lifecycle/secret-in-answer", at: "vaultysclaw", ["answers-hold-secrets"]) { world in
            try world.create().json?["bridge"]?["config"] == nil
        },
        Story("lifecycle/secret-in-answer at ScaiWave", ["answers-hold-secrets"]) { world in
            world.ask("GET", try world.create().admin).json?["shared_secret"] == nil
        },
        Story("lifecycle/admin-needs-token", ["admin-without-token"]) { world in
            world.ask("DELETE", "/v1/admin/bridges/br_second", token: nil).status == 401
        },
        Story("lifecycle/create-twice", at: "vaultysclaw", ["twins-created"]) { world in
            try world.create().status == 201 && world.create().status == 409
        },
        Story("lifecycle/create-invalid at VaultysClaw", at: "vaultysclaw", ["create-unchecked"]) { world in
            try world.create { $0.replacing(pointer: "/externalService", with: "irc") }.status == 400
        },
        Story("lifecycle/empty-secret", at: "vaultysclaw", ["empty-secret-created"]) { world in
            let made = try world.create { $0.replacing(pointer: "/config/secret", with: "") }
            return made.status == 400 && world.status(world.request(path: made.path) { $0.key = [] }) != 200
        },
        Story("lifecycle/empty-secret is a key", at: "vaultysclaw", ["empty-secret-created"]) { world in
            let made = try world.create { $0.replacing(pointer: "/config/secret", with: "") }
            return world.status(world.request(path: made.path) { $0.key = [] }) != 200
        },
        Story("lifecycle/no-secret", at: "vaultysclaw", ["secretless-created"]) { world in
            let made = try world.create { $0.replacing(pointer: "/config/secret", with: nil) }
            return made.status == 400 && world.deliver(path: made.path) != 200
        },
        Story("lifecycle/patch-ignored", at: "vaultysclaw", ["changes-ignored"]) { world in
            let made = try world.create()
            let answer = world.ask("PATCH", made.admin, ["isSyncEnabled": false])
            return answer.json?["bridge"]?["isSyncEnabled"] == false
        },
        Story("lifecycle/created-accepts", ["created-paused"]) { world in
            let made = try world.create()
            return world.deliver(secret: made.secret, path: made.path) == 200
        },
        Story("lifecycle/enabled-again", at: "vaultysclaw", ["disabled-for-good"]) { world in
            let made = try world.create()
            for enabled in [false, true] { _ = world.ask("PATCH", made.admin, ["isSyncEnabled": .bool(enabled)]) }
            return world.deliver(secret: made.secret, path: made.path) == 200
        },
        Story("lifecycle/unknown-404", at: "vaultysclaw", ["unknown-bridge-changed"]) { world in
            world.ask("PATCH", "/api/channels/ch_1/bridges/br_nowhere", ["isSyncEnabled": true]).status == 404
        },
    ]

    /// A bridge is stopped in the grace of its old secret.
    private static func oldSecretStops(_ world: World, _ stop: (_ admin: String) -> Int) throws -> Bool {
        let made = try world.create()
        guard let old = made.secret, world.ask("POST", made.admin + "/rotate-secret").status == 200,
            world.opens(old, made.path), stop(made.admin) == 200
        else { return false }
        return !world.opens(old, made.path)
    }

    private static func recreated(_ scheme: String) -> Story {
        Story("lifecycle/recreated at \(scheme)", at: scheme, ["recreated-keeps-secrets"]) { world in
            let old = try world.create()
            _ = world.ask("DELETE", old.admin)
            let fresh = try world.create { $0.replacing(pointer: "/config/secret", with: "another-secret-of-32-chars") }
            guard let gone = old.secret, let good = fresh.secret else { return false }
            return world.opens(good, fresh.path) && !world.opens(gone, fresh.path)
        }
    }
}

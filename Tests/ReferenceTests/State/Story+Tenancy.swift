import Bytes
import Catalogue
import ReportModel
import Schemes
import Transport

extension Story {
    static let tenancy = [
        Story("tenancy/other-secret", ["any-bridges-secret"]) { world in
            !world.opens(world.secondSecret) && !world.opens(world.secret, world.secondPath)
        },
        Story("tenancy/other-request", ["any-bridges-secret"]) { world in
            let request = world.request()
            var moved = request
            moved.target = Array(world.secondPath.utf8)
            return world.status(request) == 200 && world.status(moved) == 401
        },
        Story("tenancy/header-names-other", ["header-chooses-bridge"]) { world in
            for (number, name) in ["X-Workspace-Slug", "X-Bridge-Id", "X-Tenant-Id"].enumerated() {
                var request = world.request("evt_\(number)")
                request.headers.append(name, Array("br_second".utf8))
                _ = world.status(request)
            }
            return world.effects(at: world.path) == 3 && world.effects(at: world.secondPath) == 0
        },
        Story("tenancy/query-names-other", ["query-chooses-bridge"]) { world in
            for name in ["bridge_id", "tenantId"] {
                var request = world.request("evt_\(name)")
                request.target += "?\(name)=br_second".utf8
                _ = world.status(request)
            }
            return world.effects(at: world.path) == 2 && world.effects(at: world.secondPath) == 0
        },
        Story("tenancy/body-names-other", at: "vaultysclaw", ["body-chooses-bridge"]) { world in
            for (name, value) in [("bridge_id", "br_second"), ("channelId", "ch_second"), ("workspace", "br_second")] {
                _ = world.status(
                    world.request { $0.payload = $0.payload.replacing(pointer: "/\(name)", with: .string(value)) })
            }
            return world.effects(at: world.path) == 3 && world.effects(at: world.secondPath) == 0
        },
        Story("tenancy/reflection", ["outbound-taken-inbound"]) { world in
            world.status(world.request(path: world.path, payload: "outbound")) == 400 && world.effects() == 0
        },
        Story("tenancy/unknown-looks-alike", ["unknown-bridge-told"]) { world in
            world.send(world.request(path: "/v1/bridges/br_unknown/inbound"))
                == world.send(world.request(secret: world.secondSecret))
        },
    ]
}

import Bytes
import Catalogue
import ReportModel
import Schemes
import Transport

extension StatefulCheck {
    static let tenancy = [
        StatefulCheck("tenancy/other-secret", ["any-bridges-secret"]) { fixture in
            !fixture.opens(fixture.secondSecret) && !fixture.opens(fixture.secret, fixture.secondPath)
        },
        StatefulCheck("tenancy/other-request", ["any-bridges-secret"]) { fixture in
            let request = fixture.request()
            var moved = request
            moved.target = Array(fixture.secondPath.utf8)
            return fixture.status(request) == 200 && fixture.status(moved) == 401
        },
        StatefulCheck("tenancy/header-names-other", ["header-chooses-bridge"]) { fixture in
            for (number, name) in ["X-Workspace-Slug", "X-Bridge-Id", "X-Tenant-Id"].enumerated() {
                var request = fixture.request("evt_\(number)")
                request.headers.append(name, Array("br_second".utf8))
                _ = fixture.status(request)
            }
            return fixture.effects(at: fixture.path) == 3 && fixture.effects(at: fixture.secondPath) == 0
        },
        StatefulCheck("tenancy/query-names-other", ["query-chooses-bridge"]) { fixture in
            for name in ["bridge_id", "tenantId"] {
                var request = fixture.request("evt_\(name)")
                request.target += "?\(name)=br_second".utf8
                _ = fixture.status(request)
            }
            return fixture.effects(at: fixture.path) == 2 && fixture.effects(at: fixture.secondPath) == 0
        },
        StatefulCheck("tenancy/body-names-other", at: "vaultysclaw", ["body-chooses-bridge"]) { fixture in
            for (name, value) in [("bridge_id", "br_second"), ("channelId", "ch_second"), ("workspace", "br_second")] {
                _ = fixture.status(
                    fixture.request { $0.payload = $0.payload.replacing(pointer: "/\(name)", with: .string(value)) })
            }
            return fixture.effects(at: fixture.path) == 3 && fixture.effects(at: fixture.secondPath) == 0
        },
        StatefulCheck("tenancy/reflection", ["outbound-taken-inbound"]) { fixture in
            fixture.status(fixture.request(path: fixture.path, payload: "outbound")) == 400 && fixture.effects() == 0
        },
        StatefulCheck("tenancy/unknown-looks-alike", ["unknown-bridge-told"]) { fixture in
            fixture.send(fixture.request(path: "/v1/bridges/br_unknown/inbound"))
                == fixture.send(fixture.request(secret: fixture.secondSecret))
        },
    ]
}

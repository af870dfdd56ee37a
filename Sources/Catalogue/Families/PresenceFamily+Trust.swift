internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

// Trust that the sender brings along: a key, a name, an address, a claim that someone verified the request.
extension PresenceFamily {
    static let trust: [Case] = foreignKeys + claims.map(claim)

    // MARK: Keys

    private static let secretNames = ["secret", "webhook_secret", "signing_secret", "shared_secret", "key"]

    private static let foreignKeys: [Case] = [
        foreignKey("header", "in headers such as X-Webhook-Secret", [.headers, .signature]) { draft, secret in
            let names = ["X-Webhook-Secret", "X-Signing-Secret", "X-Shared-Secret", "X-Secret", "X-Signature-Key"]
            draft.onTheWire { wire in for name in names { wire.headers.append(name, secret) } }
        },
        foreignKey("query", "in the query", [.target, .signature]) { draft, secret in
            let value = String(decoding: HTTPRequest.escaped(secret), as: UTF8.self)
            for name in secretNames { draft.addQuery("\(name)=\(value)") }
        },
        foreignKey("member", "in members of the body", .signedBody, needs: [.json]) { draft, secret in
            let value = JSON.string(String(decoding: secret, as: UTF8.self))
            for name in secretNames where draft.payload[name] == nil {
                draft.payload = draft.payload.replacing(pointer: "/\(name)", with: value)
            }
        },
    ]

    private static func foreignKey(
        _ place: String, _ title: String, _ changes: Change, needs: [Requirement] = [],
        carry: @escaping @Sendable (inout Draft, _ secret: [UInt8]) -> Void
    ) -> Case {
        Case(
            "presence/foreign-key-in-\(place)", .must, .signature, .critical, covers: ["A16"], cwe: [345],
            needs: [.hmac] + needs, changes: changes,
            "A request signed with another secret is rejected although that secret is \(title).",
            why:
                "An endpoint that takes the secret from the request verifies whatever its sender signed, and anyone "
                + "can sign with a secret of their own.",
            fix: "Read the secret from your own configuration, and from nothing that comes with the request.",
            expect: .rejected
        ) { draft in
            let rule = draft.context.scheme.signature.secret
            let text = rule.publishedSecret(SecretRule.stranger)
            carry(&draft, text)
            // The published secret always decodes; without a key nothing could verify either.
            draft.key = (try? rule.key(from: text)) ?? []
        }
    }

    // MARK: Claims

    /// Something that an unsigned request says of where it comes from.
    private struct Claim: Sendable {
        let name: String
        let title: String
        let needs: [Requirement]
        let edit: @Sendable (inout HTTPRequest, Scheme) -> Void

        init(
            _ name: String, _ title: String, needs: [Requirement] = [],
            edit: @escaping @Sendable (inout HTTPRequest, Scheme) -> Void
        ) {
            self.name = name
            self.title = title
            self.needs = needs
            self.edit = edit
        }
    }

    /// An address for documentation (RFC 5737).
    private static let addressOfNobody = "192.0.2.1"

    private static let claims = [
        // Where it is known, every request has it, and all other cases ask this question too.
        Claim("user-agent-of-sender", "the User-Agent of its sender", needs: [.not(.userAgent)]) { request, scheme in
            request.headers.set("User-Agent", bytes("\(scheme.id)-webhooks/1.0"))
        },
        Claim("user-agent-of-tool", "the User-Agent of a command-line tool") { request, _ in
            request.headers.set("User-Agent", bytes("curl/8.5.0"))
        },
        Claim("user-agent-of-health-check", "the User-Agent of a load balancer's health check") { request, _ in
            request.headers.set("User-Agent", bytes("ELB-HealthChecker/2.0"))
        },
        Claim("host-localhost", "the Host header localhost") { request, _ in
            request.headers.set("Host", bytes("localhost"))
        },
        Claim("host-loopback-address", "the Host header 127.0.0.1") { request, _ in
            request.headers.set("Host", bytes("127.0.0.1"))
        },
        Claim("origin-localhost", "localhost as its Origin and Referer") { request, _ in
            request.headers.append("Origin", bytes("http://localhost"))
            request.headers.append("Referer", bytes("http://localhost/"))
        },
        Claim("forwarded-for-sender", "an address of its sender in X-Forwarded-For") { request, scheme in
            request.headers.append("X-Forwarded-For", bytes(scheme.sender.address ?? addressOfNobody))
        },
        Claim("forwarded-for-private-network", "a private address in X-Forwarded-For") { request, _ in
            request.headers.append("X-Forwarded-For", bytes("10.0.0.1"))
        },
        Claim("client-address-headers", "a loopback address in headers such as True-Client-IP") { request, _ in
            let names = ["True-Client-IP", "CF-Connecting-IP", "X-Client-IP", "X-Cluster-Client-IP"]
            for name in names { request.headers.append(name, bytes("127.0.0.1")) }
        },
        Claim("verified-headers", "headers that say that it was verified") { request, _ in
            let names = ["X-Signature-Verified", "X-Webhook-Verified", "X-Verified", "X-Authenticated"]
            for name in names { request.headers.append(name, bytes("true")) }
        },
    ]

    private static func claim(_ claim: Claim) -> Case {
        Case(
            "presence/\(claim.name)", .must, .presence, .critical, covers: ["A17"], cwe: [290],
            needs: claim.needs, changes: [.signature, .headers], "An unsigned request with \(claim.title) is rejected.",
            why: "Anyone can write any header. A request that only says where it comes from may come from anywhere.",
            fix: "Verify the signature of every request, whatever its other headers say.", expect: .rejected
        ) { draft in
            draft.dropSignature()
            let scheme = draft.context.scheme
            draft.onTheWire { claim.edit(&$0, scheme) }
        }
    }
}

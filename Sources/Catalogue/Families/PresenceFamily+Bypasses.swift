internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

// Unsigned requests that try to bypass verification: with a development switch, or by a sibling route.
extension PresenceFamily {
    static let switches: [Case] = switchHeaders.map(switchHeader) + switchParameters.map(switchParameter)

    private static let switchHeaders: [(name: String, header: String, value: String)] = [
        ("test", "X-Test", "1"), ("debug", "X-Debug", "1"), ("skip-signature", "X-Skip-Signature", "1"),
        ("skip-verification", "X-Skip-Verification", "true"), ("skip-auth", "X-Skip-Auth", "true"),
        ("environment", "X-Environment", "development"), ("mock", "X-Mock", "true"),
        ("internal", "X-Internal-Request", "true"), ("forwarded-for", "X-Forwarded-For", "127.0.0.1"),
    ]

    private static let switchParameters: [(name: String, parameter: String)] = [
        ("test", "test=1"), ("debug", "debug=true"), ("skip-verify", "skip_verify=1"), ("dev", "dev=1"),
        ("mock", "mock=true"), ("env", "env=test"), ("skip-signature-verification", "skipSignatureVerification=true"),
    ]

    private static let switchWhy =
        "A development switch that stays reachable in production disables verification for everyone who guesses "
        + "its name."
    private static let switchFix =
        "Remove the switch from the code. Sign the requests of your tests instead, or decide at build time."

    private static func switchHeader(_ given: (name: String, header: String, value: String)) -> Case {
        Case(
            "presence/switch-header-\(given.name)", .must, .presence, .high, covers: ["A10"], cwe: [489],
            changes: [.signature, .headers], "An unsigned request with \(given.header): \(given.value) is rejected.",
            why: switchWhy, fix: switchFix, expect: .rejected
        ) { draft in
            draft.dropSignature()
            draft.onTheWire { $0.headers.append(given.header, bytes(given.value)) }
        }
    }

    private static func switchParameter(_ given: (name: String, parameter: String)) -> Case {
        Case(
            "presence/switch-query-\(given.name)", .must, .presence, .high, covers: ["A10"], cwe: [489],
            changes: [.signature, .target], "An unsigned request with \(given.parameter) in the query is rejected.",
            why: switchWhy, fix: switchFix, expect: .rejected
        ) { draft in
            draft.dropSignature()
            draft.addQuery(given.parameter)
        }
    }

    static let siblings: [Case] = paths.map { sibling in
        Case(
            "presence/path-\(sibling.name)", .should, .presence, .high, covers: ["A13"], cwe: [425, 288],
            changes: [.signature, .target], "An unsigned request to the path with \(sibling.title) is rejected.",
            why: "A guard mounted on one spelling of a path, or on some routes, leaves the others open. The router "
                + "then finds the same handler through them.",
            fix:
                "Verify inside the handler, or mount the guard on everything below the prefix and answer 404 to "
                + "the rest.",
            expect: .rejected
        ) { draft in
            draft.dropSignature()
            draft.target = sibling.target(of: draft.target)
        }
    }

    private struct Sibling: Sendable {
        let name: String
        let title: String
        let edit: @Sendable (String) -> String

        /// Changes the path and leaves the query unchanged.
        func target(of target: String) -> String {
            let path = target.prefix { $0 != "?" }
            return edit(String(path)) + target.dropFirst(path.count)
        }
    }

    private static let paths = [
        Sibling(name: "slash", title: "a trailing slash") { $0 + "/" },
        Sibling(name: "two-slashes", title: "two trailing slashes") { $0 + "//" },
        Sibling(name: "double-slash-in-front", title: "two leading slashes") { "/" + $0 },
        Sibling(name: "test", title: "a trailing /test") { $0 + "/test" },
        Sibling(name: "upper-case", title: "its letters in upper case") { $0.uppercased() },
        Sibling(name: "old-version", title: "an older version in front") {
            $0.hasPrefix("/v1/") ? "/v0/" + $0.dropFirst(4) : "/v0" + $0
        },
        Sibling(name: "parameter", title: "a trailing ;x=1") { $0 + ";x=1" },
        Sibling(name: "percent-encoded", title: "its last character percent-encoded") { path in
            guard let last = path.utf8.last, last != UInt8(ascii: "/") else { return path + "%2e" }
            return path.dropLast() + "%" + Hex.string([last])
        },
        Sibling(name: "dot-segment", title: "a leading dot segment") { "/." + $0 },
        Sibling(name: "json-suffix", title: "a trailing .json") { $0 + ".json" },
    ]
}

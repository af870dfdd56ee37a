internal import Bytes
internal import ReportModel
internal import Schemes

// What a valid signature covers: issuer, audience, validity, and the claim that repeats a text of the body (I05, I06).
extension TokenFamily {
    static let claims: [Case] = issuers + audiences + validity + bound

    private static let issuers: [Case] = [
        claim("issuer-other", "from another issuer", "iss", profile: .smoke) { _ in
            "https://sts.windows.net/00000000-0000-0000-0000-000000000000/"
        },
        claim("issuer-emulator", "from the issuer of the emulator", "iss") { _ in
            "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"
        },
        claim("issuer-longer", "from an issuer whose name begins with the correct one", "iss") { right in
            .string((right.string ?? "") + ".example.org")
        },
        claim("issuer-empty", "whose issuer is empty", "iss") { _ in "" },
        claim("issuer-missing", "without an issuer", "iss") { _ in nil },
        claim("issuer-list", "with a list of issuers", "iss") { ["https://issuer.example", $0] },
    ]

    private static let audiences: [Case] = [
        claim("audience-other", "for another bot", "aud", profile: .smoke) { _ in
            "00000000-0000-0000-0000-000000000001"
        },
        claim("audience-longer", "for a bot whose id begins with the correct one", "aud") { right in
            .string((right.string ?? "") + "0")
        },
        claim("audience-shorter", "for a bot whose id is the beginning of the correct one", "aud") { right in
            .string(String((right.string ?? "").dropLast()))
        },
        claim("audience-empty", "whose audience is empty", "aud") { _ in "" },
        claim("audience-star", "whose audience is a wildcard", "aud") { _ in "*" },
        claim("audience-missing", "without an audience", "aud") { _ in nil },
        claim("audience-list-of-others", "for a list of other bots", "aud") { _ in ["1", "2"] },
        decided("audience-list", "for a list that includes the bot", .claims, ["I06"]) { draft in
            draft.setClaim("aud") { [$0] }
        },
        decided("audience-twice", "for another bot first and the correct one second", .claims, ["I06"]) { draft in
            draft.claims = .object([JSON.Member("aud", "1")] + (draft.claims.members ?? []))
        },
    ]

    private static let validity: [Case] = [
        old("expired-10-minutes-ago", "that expired ten minutes ago", profile: .smoke) { draft in
            draft.setTimes(start: -.hours(2), end: -.minutes(10))
        },
        old("expired-a-day-ago", "that expired a day ago") { draft in
            draft.setTimes(start: -.days(2), end: -.days(1))
        },
        old("expiry-missing", "without an expiry") { $0.setClaim("exp") { _ in nil } },
        old("expiry-null", "whose expiry is null") { $0.setClaim("exp") { _ in .null } },
        old("expiry-zero", "whose expiry is 0") { $0.setClaim("exp") { _ in 0 } },
        old("expiry-negative", "whose expiry is before 1970") { $0.setClaim("exp") { _ in .number("-1") } },
        old("expiry-word", "whose expiry is a word") { $0.setClaim("exp") { _ in "never" } },
        Case(
            "token/begins-in-10-minutes", .must, .future, .medium, covers: ["I06", "E07"], cwe: [287, 1284],
            needs: [.token], changes: .signedMessage, "A token that becomes valid in ten minutes is rejected.",
            why: "A token issued for later must not be valid now: clocks are five minutes apart at most.",
            fix: "Have the library check nbf, with five minutes of leeway.", expect: .rejected
        ) { draft in draft.setTimes(start: .minutes(10), end: .hours(1)) },
        decided("expired-a-minute-ago", "that expired a minute ago, within the leeway,", .freshness, ["I06", "E08"]) {
            $0.setTimes(start: -.hours(1), end: -.minutes(1))
        },
        decided("start-missing", "without a start time", .future, ["I06"]) { draft in
            draft.setClaim("nbf") { _ in nil }
        },
        decided("issue-time-missing", "without an issue time", .freshness, ["I06"]) { draft in
            draft.setClaim("iat") { _ in nil }
        },
        decided("expiry-fraction", "whose expiry has a fraction", .freshness, ["I06"]) { draft in
            draft.setClaim("exp") { .number("\($0.integer ?? 0).5") }
        },
        decided("expiry-beyond-a-double", "whose expiry is 1E400", .freshness, ["I06", "E10"]) { draft in
            draft.setClaim("exp") { _ in .number("1E400") }
        },
    ]

    /// A token says where answers go. Unless the body is checked against it, answers go wherever the body says.
    private static let bound: [Case] = [
        service("service-url-other", "A token for a service URL other than the body's", .signedMessage, profile: .smoke)
        { draft in
            draft.setBindings { _ in "https://smba.example.org/teams/" }
        },
        service("service-url-missing", "A token without a service URL", .signedMessage) { draft in
            draft.setBindings { _ in nil }
        },
        service("service-url-empty", "A token whose service URL is empty", .signedMessage) { draft in
            draft.setBindings { _ in "" }
        },
        service("service-url-longer", "A token whose service URL is only a prefix match of the body's", .signedMessage)
        {
            draft in
            draft.setBindings { .string(($0.string ?? "") + "other/") }
        },
        service("service-url-of-body-changed", "A body whose service URL was changed in transit", .body) { draft in
            draft.sendBody { $0.setBoundTexts("https://attacker.example/teams/") }
        },
        service("service-url-of-body-missing", "A body without a service URL", .body) { draft in
            draft.sendBody { $0.setBoundTexts(nil) }
        },
        decided(
            "service-url-in-camel-case", "with its service URL in serviceUrl instead of serviceurl", .claims,
            ["I05"]
        ) { draft in
            let url = draft.claims["serviceurl"]
            draft.setBindings { _ in nil }
            draft.claims = draft.claims.replacing(pointer: "/serviceUrl", with: url)
        },
    ]

    private static func claim(
        _ name: String, _ title: String, _ claim: String, profile: Profile = .standard,
        value: @escaping @Sendable (JSON) -> JSON?
    ) -> Case {
        Case(
            "token/\(name)", .must, .claims, .high, covers: ["I06"], cwe: [287, 345], needs: [.token],
            changes: .signedMessage, "A correctly signed token \(title) is rejected.",
            why: "The same keys sign for every bot. Anyone with a bot has tokens with valid signatures, and only "
                + "issuer and audience distinguish them from yours.",
            fix: "Compare iss with the one issuer, and aud with the id of your app, whole and exactly.",
            expect: .rejected, profile: profile
        ) { $0.setClaim(claim, value) }
    }

    private static func old(
        _ name: String, _ title: String, profile: Profile = .standard, edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "token/\(name)", .must, .freshness, .medium, covers: ["I06", "E01"], cwe: [613, 294], needs: [.token],
            changes: .signedMessage, "A token \(title) is rejected.",
            why:
                "If the expiry is not checked, a token that was seen once, in a log or in transit, is valid forever.",
            fix: "Have the library check exp with five minutes of leeway, and reject a token without it.",
            expect: .rejected, profile: profile, probe: edit)
    }

    private static func service(
        _ name: String, _ title: String, _ changes: Change, profile: Profile = .standard,
        edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "token/\(name)", .must, .claims, .high, covers: ["I05"], cwe: [345, 863], needs: [.token, .json],
            changes: changes, "\(title) is rejected.",
            why:
                "A bot sends its answers, along with its own token, to the service URL in the body. An attacker "
                + "who can set it takes over the bot.",
            fix: "Compare the claim serviceurl with the serviceUrl of the body, and reject the request when they "
                + "differ or one is missing.",
            expect: .rejected, profile: profile, probe: edit)
    }

    private static func decided(
        _ name: String, _ title: String, _ topic: Topic, _ covers: [String],
        edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "token/\(name)", .may, topic, .info, covers: covers, cwe: [755], needs: [.token], changes: .signedMessage,
            "A token \(title) is accepted or rejected without an error.",
            why: "Libraries differ here, and if one throws, anyone can cause a 500.",
            fix: "Know what your library does, and treat its errors as rejections.", expect: .either,
            keptFor: .interop("shows how the library reads claims"), probe: edit)
    }
}

extension Draft {
    /// Replaces the value of a claim, or removes the claim.
    fileprivate mutating func setClaim(_ name: String, _ value: (JSON) -> JSON?) {
        claims = claims.replacing(pointer: "/\(name)", with: value(claims[name] ?? .null))
    }

    /// Sets when the token begins and ends, in seconds from now.
    fileprivate mutating func setTimes(start: Int64, end: Int64) {
        let now = context.now
        for (name, offset) in [("iat", start), ("nbf", start), ("exp", end)] {
            setClaim(name) { _ in .number(String(now + offset)) }
        }
    }

    /// Replaces the value of each claim that repeats a text of the body.
    fileprivate mutating func setBindings(_ value: (JSON) -> JSON?) {
        for binding in context.scheme.token?.bindings ?? [] { setClaim(binding.claim, value) }
    }

    /// Replaces each text of the body that a claim repeats.
    fileprivate mutating func setBoundTexts(_ value: JSON?) {
        for binding in context.scheme.token?.bindings ?? [] {
            payload = payload.replacing(pointer: binding.pointer, with: value)
        }
    }
}

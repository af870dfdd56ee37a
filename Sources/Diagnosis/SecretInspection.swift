internal import Bytes
package import ReportModel
package import Schemes

/// Tells by its text alone that something is not the secret of a scheme.
package enum SecretInspection {
    /// Returns what a text plainly is, other than the scheme's secret; empty when it may be one.
    package static func mistakes(in text: [UInt8], for scheme: Scheme) -> [SecretMistake] {
        var mistakes = [SecretMistake]()
        let isPEM = scheme.signature.secret.decoding == .pem
        if has("-----BEGIN", text) {
            let isPrivate = has("PRIVATE KEY-----", text)
            if !isPrivate { mistakes.append(SecretMistake(.publicKey)) }
            if isPrivate, !isPEM { mistakes.append(SecretMistake(.privateKey)) }
            return mistakes
        }
        if text.starts(with: "ssh-".utf8) || text.starts(with: "ecdsa-".utf8) { return [SecretMistake(.publicKey)] }
        if let (prefix, owner) = tokens.first(where: { text.starts(with: $0.prefix.utf8) }), !prefix.isEmpty {
            mistakes.append(SecretMistake(.token, detail: owner))
        } else if looksLikeToken(text) {
            mistakes.append(SecretMistake(.token, detail: "a JSON Web Token"))
        }
        if text.starts(with: "http://".utf8) || text.starts(with: "https://".utf8) {
            mistakes.append(SecretMistake(.url))
        }
        let lowered = text.map(ASCII.lowercased)
        if placeholders.contains(where: { ASCII.firstRange(of: Array($0.utf8), in: lowered) != nil }) {
            mistakes.append(SecretMistake(.placeholder))
        }
        if let first = text.first, "\"'`".utf8.contains(first), text.last == first, text.count > 1 {
            mistakes.append(SecretMistake(.quoted))
        }
        if !isPEM, Forms.trimmed(text) != text { mistakes.append(SecretMistake(.spaced)) }
        if isAssignment(text) { mistakes.append(SecretMistake(.assignment)) }
        return mistakes
    }

    /// Beginnings of tokens that vendors publish, so that scanners can find them.
    private static let tokens: [(prefix: String, owner: String)] = [
        ("ghp_", "a personal access token of GitHub"), ("github_pat_", "a personal access token of GitHub"),
        ("gho_", "an OAuth token of GitHub"), ("ghs_", "an installation token of GitHub"),
        ("xoxb-", "a bot token of Slack"), ("xoxp-", "a user token of Slack"), ("xapp-", "an app token of Slack"),
        ("sk_live_", "an API key of Stripe"), ("sk_test_", "an API key of Stripe"),
        ("rk_live_", "an API key of Stripe"),
        ("rk_test_", "an API key of Stripe"), ("pk_live_", "a publishable key of Stripe"),
        ("pk_test_", "a publishable key of Stripe"), ("whpk_", "a public key of Standard Webhooks"),
        ("glpat-", "a personal access token of GitLab"), ("AKIA", "an access key id of AWS"),
        ("SG.", "an API key of SendGrid"),
    ]

    private static let placeholders = [
        "changeme", "change-me", "your-secret", "your_secret", "yoursecret", "<secret", "replace_me", "replace-me",
        "${", "{{", "xxxxxxxx",
    ]

    private static func has(_ needle: String, _ text: [UInt8]) -> Bool {
        ASCII.firstRange(of: Array(needle.utf8), in: text) != nil
    }

    private static func looksLikeToken(_ text: [UInt8]) -> Bool {
        text.starts(with: "eyJ".utf8) && ASCII.split(text, separator: UInt8(ascii: ".")).count == 3
    }

    /// Whether a text is a name in capitals, an equals sign and a value.
    private static func isAssignment(_ text: [UInt8]) -> Bool {
        guard let equals = text.firstIndex(of: UInt8(ascii: "=")), equals > 3, equals + 8 < text.count else {
            return false
        }
        let name = text[..<equals]
        return name.allSatisfy { (0x41...0x5A).contains($0) || ASCII.isDigit($0) || $0 == UInt8(ascii: "_") }
            && name.contains(UInt8(ascii: "_"))
    }
}

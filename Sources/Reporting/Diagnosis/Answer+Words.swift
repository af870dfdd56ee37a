package import ReportModel

extension AnswerReading {
    /// What the answer says, and what to do.
    package var words: String {
        let named = detail.map { " (\($0))" } ?? ""
        switch kind {
        case .redirect:
            return
                "The request is redirected\(detail.map { " to \($0)" } ?? ""), and senders of webhooks do not follow: "
                + "run against that address, or remove the redirect (http to https, a trailing slash, www)."
        case .authenticate:
            return "The answer asks for other credentials than the signature\(named): exempt the path from that "
                + "authentication."
        case .csrf:
            return "A filter against forged forms refused the request before the signature was read: exempt this path "
                + "from CSRF protection\(named)."
        case .login:
            return
                "The answer is a page to sign in\(named): exempt the path from the sign-in, a webhook has no session."
        case .challenge:
            return "Something in front of the endpoint checks for a browser\(named): let this path pass."
        case .firewall: return "A firewall refused the request\(named): let this path pass."
        case .proxy:
            return "A proxy or gateway answered in place of the endpoint\(named): is the endpoint running, and where "
                + "the proxy looks for it?"
        case .notFound: return "Nothing is at this path: check the URL, its version and its ids."
        case .method: return "The path takes other methods than POST\(named): check the URL and the route."
        case .lengthRequired:
            return "The server demands a Content-Length: let it take bodies that are sent in chunks."
        case .tooLarge: return "The body is too large for the server: raise its limit to the document's maximum."
        case .mediaType: return "The server does not take this media type\(named): accept the documented one."
        case .rateLimited: return "The target limits the rate of requests: run with --rate, or exempt this machine."
        case .failed:
            return "The endpoint failed on a valid request\(named): its own log says where; verification may throw on "
                + "a missing raw body, header or key."
        }
    }
}

extension SecretMistake {
    /// What the text is, and what to give instead.
    package var words: String {
        let named = detail.map { " (\($0))" } ?? ""
        switch kind {
        case .publicKey:
            return "The secret is a public key or a certificate\(named): give what signs, not what verifies."
        case .privateKey: return "The secret is a private key\(named), and this scheme signs with a shared secret."
        case .token: return "The secret is a token that authorises calls\(named), not the one that signs webhooks."
        case .url: return "The secret is a URL: give the signing secret that belongs to it."
        case .placeholder: return "The secret is a placeholder, not a secret."
        case .quoted: return "The secret is in quotation marks, which are taken for part of it: remove them."
        case .spaced:
            return "The secret has spaces or line ends around it, which are taken for part of it: remove them."
        case .assignment: return "The secret has the form NAME=value: give only the value."
        }
    }
}

internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes
internal import Transport

/// The scheme as described by a vector file, parsed without the recipes and the scheme library.
struct CheckedSet {
    let id: String
    let key: [UInt8]
    let header: String
    let grammar: SignatureRule.Grammar
    let template: MessageTemplate
    let algorithm: SignatureAlgorithm
    let encoding: SignatureEncoding
    let timestamp: TimestampRule?
    let idHeader: String?
    let credentialHeaders: [String]
    let noted: [String]
    let numberOfTests: Int

    init(_ root: VectorNode) throws(VectorProblem) {
        let members = try root.object(
            [
                "$schema", "format", "set", "generator", "clock", "secrets", "credentials", "signature", "notes",
                "numberOfTests", "tests",
            ], optional: ["timestamp", "freshness", "eventID"])
        guard try members.node("format").integer() == 1 else {
            throw try members.node("format").problem("expected 1, the only format")
        }
        for key in ["$schema", "generator"] { _ = try members.node(key).string() }
        _ = try members.node("clock").integer()
        let set = try members.node("set").object(["id", "version", "license"])
        id = try set.node("id").string()
        for key in ["version", "license"] { _ = try set.node(key).string() }

        let signature = try members.node("signature").object([
            "header", "grammar", "message", "algorithm", "encoding", "secret",
        ])
        header = try signature.node("header").string()
        grammar = try signature.node("grammar").grammar()
        template = try signature.node("message").template()
        algorithm = try signature.node("algorithm").algorithm()
        encoding = try signature.node("encoding").choice(SignatureEncoding.self)
        key = try members.node("secrets").key(rule: try signature.node("secret"))
        timestamp = try members["timestamp"]?.timestampRule()
        idHeader = try members["eventID"]?.idHeader()
        if let window = members["freshness"] { _ = try window.object(["past", "future"]).node("past").integer() }

        var headers = [String]()
        for credential in try members.node("credentials").list() {
            let members = try credential.object(["id", "value"], optional: ["header"])
            if let header = members["header"] { headers.append(try header.string()) }
        }
        credentialHeaders = headers
        noted = try members.node("notes").notes()
        numberOfTests = try members.node("numberOfTests").integer()
    }
}

extension VectorNode {
    fileprivate func grammar() throws(VectorProblem) -> SignatureRule.Grammar {
        switch value["kind"]?.string {
        case "value": return .value(prefix: try object(["kind", "prefix"]).node("prefix").string())
        case "fields":
            let members = try object(["kind", "separator", "signature"])
            return .fields(
                separator: try members.node("separator").string(), signature: try members.node("signature").string())
        case "list": return .list(version: try object(["kind", "version"]).node("version").string())
        case "token":
            let members = try object(["kind", "prefix", "issuer", "audience", "bindings", "lifetime", "leeway"])
            // The check knows only that the claims are signed.
            return .token(
                TokenRule(
                    prefix: try members.node("prefix").string(), issuer: try members.node("issuer").string(),
                    audience: try members.node("audience").string(), bindings: [],
                    lifetime: Int64(try members.node("lifetime").integer()),
                    leeway: Int64(try members.node("leeway").integer())))
        default: throw problem("expected a grammar of kind value, fields, list or token")
        }
    }

    fileprivate func template() throws(VectorProblem) -> MessageTemplate {
        let text = try string()
        do throws(MessageTemplate.Mistake) {
            return try MessageTemplate(text)
        } catch {
            throw problem(error.reason)
        }
    }

    fileprivate func algorithm() throws(VectorProblem) -> SignatureAlgorithm {
        let name = try string()
        guard let algorithm = SignatureAlgorithm.all.first(where: { $0.name == name }) else {
            throw problem("unknown algorithm '\(name)'")
        }
        return algorithm
    }

    fileprivate func key(rule: VectorNode) throws(VectorProblem) -> [UInt8] {
        let secret = try object(["current"]).node("current")
        let members = try secret.object(["text", "key", "provenance"])
        _ = try members.node("provenance").string()
        let rule = try rule.object(["decode", "prefix"])
        let prefix = try rule.node("prefix").string()
        let text = Array(try members.node("text").string().utf8)
        let body = text.starts(with: prefix.utf8) ? Array(text.dropFirst(prefix.utf8.count)) : text
        let decoded: [UInt8]? =
            switch try rule.node("decode").choice(SecretRule.Decoding.self) {
            case .utf8: body
            case .hex, .seed: Hex.decode(body)
            case .pem: try? RSAPrivateKey(pem: body).der
            case .base64: Base64.decode(body)
            }
        let key = try members.node("key").hexadecimal()
        guard decoded == key else { throw secret.problem("the key is not the decoded text") }
        return key
    }

    fileprivate func timestampRule() throws(VectorProblem) -> TimestampRule {
        if value["field"] != nil { return .field(try object(["field"]).node("field").string()) }
        return .header(try object(["header"]).node("header").string())
    }

    /// Returns the name of the header that carries the id, or `nil` when the id is in the body.
    fileprivate func idHeader() throws(VectorProblem) -> String? {
        if value["pointer"] == nil { return try object(["header"]).node("header").string() }
        _ = try object(["pointer"]).node("pointer").string()
        return nil
    }

    fileprivate func notes() throws(VectorProblem) -> [String] {
        guard let members = value.members else { throw problem("expected an object") }
        for (flag, note) in try object(members.map(\.key)) {
            let fields = try note.object(["title", "bug", "effect", "severity", "cwe", "links"])
            for key in ["title", "bug", "effect"] { _ = try fields.node(key).string() }
            guard flag.utf8.count == 3 else { throw note.problem("expected an entry of the flaw catalogue") }
        }
        return members.map(\.key)
    }
}

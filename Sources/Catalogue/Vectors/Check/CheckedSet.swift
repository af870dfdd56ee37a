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

    init(_ root: JSONCursor) throws(JSONProblem) {
        let members = try root.object(
            [
                "$schema", "format", "set", "generator", "clock", "secrets", "credentials", "signature", "notes",
                "numberOfTests", "tests",
            ], optional: ["timestamp", "freshness", "eventID"])
        guard try members["format"].integer() == 1 else {
            throw try members["format"].problem("expected 1, the only format")
        }
        for key in ["$schema", "generator"] { _ = try members[key].string }
        _ = try members["clock"].integer() as Int
        let set = try members["set"].object(["id", "version", "license"])
        id = try set["id"].string
        for key in ["version", "license"] { _ = try set[key].string }

        let signature = try members["signature"].object([
            "header", "grammar", "message", "algorithm", "encoding", "secret",
        ])
        header = try signature["header"].string
        grammar = try signature["grammar"].grammar()
        template = try signature["message"].template()
        algorithm = try signature["algorithm"].algorithm()
        encoding = try signature["encoding"].choice(SignatureEncoding.self)
        key = try members["secrets"].key(rule: try signature["secret"])
        timestamp = try members.member("timestamp")?.timestampRule()
        idHeader = try members.member("eventID")?.idHeader()
        if let window = members.member("freshness") {
            _ = try window.object(["past", "future"])["past"].integer() as Int
        }

        var headers = [String]()
        for credential in try members["credentials"].elements {
            let members = try credential.object(["id", "value"], optional: ["header"])
            if let header = members.member("header") { headers.append(try header.string) }
        }
        credentialHeaders = headers
        noted = try members["notes"].notes()
        numberOfTests = try members["numberOfTests"].integer()
    }
}

extension JSONCursor {
    fileprivate func grammar() throws(JSONProblem) -> SignatureRule.Grammar {
        switch value["kind"]?.string {
        case "value": return .value(prefix: try object(["kind", "prefix"])["prefix"].string)
        case "fields":
            let members = try object(["kind", "separator", "signature"])
            return .fields(
                separator: try members["separator"].string, signature: try members["signature"].string)
        case "list": return .list(version: try object(["kind", "version"])["version"].string)
        case "token":
            let members = try object(["kind", "prefix", "issuer", "audience", "bindings", "lifetime", "leeway"])
            // The check knows only that the claims are signed.
            return .token(
                TokenRule(
                    prefix: try members["prefix"].string, issuer: try members["issuer"].string,
                    audience: try members["audience"].string, bindings: [],
                    lifetime: try members["lifetime"].integer(),
                    leeway: try members["leeway"].integer()))
        default: throw problem("expected a grammar of kind value, fields, list or token")
        }
    }

    fileprivate func template() throws(JSONProblem) -> MessageTemplate {
        let text = try string
        do throws(MessageTemplate.Mistake) {
            return try MessageTemplate(text)
        } catch {
            throw problem(error.reason)
        }
    }

    fileprivate func algorithm() throws(JSONProblem) -> SignatureAlgorithm {
        let name = try string
        guard let algorithm = SignatureAlgorithm.all.first(where: { $0.name == name }) else {
            throw problem("unknown algorithm '\(name)'")
        }
        return algorithm
    }

    fileprivate func key(rule: JSONCursor) throws(JSONProblem) -> [UInt8] {
        let secret = try object(["current"])["current"]
        let members = try secret.object(["text", "key", "provenance"])
        _ = try members["provenance"].string
        let rule = try rule.object(["decode", "prefix"])
        let prefix = try rule["prefix"].string
        let text = Array(try members["text"].string.utf8)
        let body = text.starts(with: prefix.utf8) ? Array(text.dropFirst(prefix.utf8.count)) : text
        let decoded: [UInt8]? =
            switch try rule["decode"].choice(SecretRule.Decoding.self) {
            case .utf8: body
            case .hex, .seed: Hex.decode(body)
            case .pem: try? RSAPrivateKey(pem: body).der
            case .base64: Base64.decode(body)
            }
        let key = try members["key"].hexadecimal()
        guard decoded == key else { throw secret.problem("the key is not the decoded text") }
        return key
    }

    fileprivate func timestampRule() throws(JSONProblem) -> TimestampRule {
        if value["field"] != nil { return .field(try object(["field"])["field"].string) }
        return .header(try object(["header"])["header"].string)
    }

    /// Returns the name of the header that carries the id, or `nil` when the id is in the body.
    fileprivate func idHeader() throws(JSONProblem) -> String? {
        if value["pointer"] == nil { return try object(["header"])["header"].string }
        _ = try object(["pointer"])["pointer"].string
        return nil
    }

    fileprivate func notes() throws(JSONProblem) -> [String] {
        for (flag, note) in try members {
            let fields = try note.object(["title", "bug", "effect", "severity", "cwe", "links"])
            for key in ["title", "bug", "effect"] { _ = try fields[key].string }
            guard flag.utf8.count == 3 else { throw note.problem("expected an entry of the flaw catalogue") }
        }
        return try members.map(\.key)
    }
}

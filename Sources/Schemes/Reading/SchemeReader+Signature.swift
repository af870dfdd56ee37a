internal import Bytes
internal import Cryptography

extension SchemeReader {
    func signatureRule(_ at: JSONCursor) -> SignatureRule? {
        guard isObject(at, ["header", "grammar", "message", "algorithm", "encoding", "secret"]) else { return nil }
        let header = read(try at["header"].headerName)
        let grammar = read(try at["grammar"]).flatMap(grammar)
        let message = read(try at["message"].messageTemplate)
        let algorithm = read(try at["algorithm"].choice(SignatureAlgorithm.all.map { (name: $0.name, value: $0) }))
        let encoding = read(try at["encoding"].choice(SignatureEncoding.self))
        let secret = read(try at["secret"]).flatMap(secretRule)
        guard let header, let grammar, let message, let algorithm, let encoding, let secret else { return nil }
        return SignatureRule(
            header: header, grammar: grammar, message: message, algorithm: algorithm, encoding: encoding,
            secret: secret)
    }

    private func grammar(_ at: JSONCursor) -> SignatureRule.Grammar? {
        let keys: [String: [String]] = [
            "value": ["prefix"], "fields": ["separator", "signature"], "list": ["version"],
            "token": ["prefix", "issuer", "audience", "bindings", "lifetime", "leeway"],
        ]
        let known = [
            "kind", "prefix", "separator", "signature", "version", "issuer", "audience", "bindings", "lifetime",
            "leeway",
        ]
        guard isObject(at, known),
            let kind = read(try at["kind"].choice(["value", "fields", "list", "token"].map { (name: $0, value: $0) }))
        else { return nil }
        for (key, value) in read(try at.members) ?? []
        where key != "kind" && known.contains(key) && keys[kind]?.contains(key) == false {
            problems.add(value.problem("does not belong to a grammar of kind \"\(kind)\""))
        }
        switch kind {
        case "value": return read(.value(prefix: try at["prefix"].string))
        case "fields":
            let separator = read(try at["separator"].choice([(name: ",", value: ","), (name: ";", value: ";")]))
            let signature = read(try at["signature"].string)
            guard let separator, let signature else { return nil }
            return .fields(separator: separator, signature: signature)
        case "list": return read(.list(version: try at["version"].string))
        default: return tokenRule(at).map { .token($0) }
        }
    }

    private func tokenRule(_ at: JSONCursor) -> TokenRule? {
        let prefix = read(try at["prefix"].string)
        let issuer = read(try at["issuer"].string)
        let audience = read(try at["audience"].identifier)
        let bindings = read(try at["bindings"]).flatMap { list($0, binding) }
        let lifetime = read(try at["lifetime"].integer(in: 1...Int64(Self.longest)))
        let leeway = read(try at["leeway"].integer(in: 0...Int64(Self.longest)))
        guard let prefix, let issuer, let audience, let bindings, let lifetime, let leeway else { return nil }
        return TokenRule(
            prefix: prefix, issuer: issuer, audience: audience, bindings: bindings, lifetime: lifetime, leeway: leeway)
    }

    private func binding(_ at: JSONCursor) -> TokenRule.Binding? {
        guard isObject(at, ["claim", "pointer"]) else { return nil }
        let claim = read(try at["claim"].string)
        let pointer = read(try at["pointer"].jsonPointer)
        guard let claim, let pointer else { return nil }
        return TokenRule.Binding(claim: claim, pointer: pointer)
    }

    private func secretRule(_ at: JSONCursor) -> SecretRule? {
        guard isObject(at, ["decode", "prefix"]) else { return nil }
        let prefix = optional(try given(at, "prefix")?.string) ?? ""
        return read(try at["decode"].choice(SecretRule.Decoding.self)).map { SecretRule(decoding: $0, prefix: prefix) }
    }
}

extension JSONCursor {
    fileprivate var messageTemplate: MessageTemplate {
        get throws(JSONProblem) {
            let text = try string
            do throws(MessageTemplate.Mistake) {
                return try MessageTemplate(text)
            } catch {
                throw problem(error.reason)
            }
        }
    }
}

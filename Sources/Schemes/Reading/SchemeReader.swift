internal import Bytes
internal import Cryptography

extension Scheme {
    /// Every mistake that was found in a scheme file.
    package struct Mistakes: Error, Sendable, CustomStringConvertible {
        /// The mistakes in the order of the file.
        package let problems: [SchemeProblem]
        /// One line a mistake.
        package var description: String { problems.map(\.description).joined(separator: "\n") }
    }

    /// Reads a scheme file.
    ///
    /// - Parameter text: the file's bytes, JSON.
    /// - Throws: `Mistakes`, with the JSON pointer of each and what was expected there.
    package init(reading text: some Collection<UInt8>) throws(Mistakes) {
        let json: JSON
        do throws(JSON.SyntaxError) {
            json = try JSON.parse(text)
        } catch {
            throw Mistakes(problems: [SchemeProblem(path: "", message: "not JSON: \(error)")])
        }
        let problems = SchemeProblems()
        let scheme = SchemeNode(value: json, path: "", problems: problems).scheme()
        guard let scheme, problems.list.isEmpty else { throw Mistakes(problems: problems.list) }
        let contradictions = scheme.contradictions()
        guard contradictions.isEmpty else { throw Mistakes(problems: contradictions) }
        self = scheme
    }
}

extension SchemeNode {
    fileprivate func scheme() -> Scheme? {
        guard
            let object = object([
                "format", "id", "title", "source", "signature", "timestamp", "freshness", "eventID", "replayWindow",
                "rotation", "credentials", "responses", "payloads", "clauses",
            ])
        else { return nil }
        _ = object.required("format")?.integer(in: 1...1)
        let id = object.required("id")?.identifier()
        let title = object.required("title")?.string()
        let source = object.required("source")?.string()
        let signature = object.required("signature")?.signatureRule()
        let timestamp = object.optional("timestamp")?.timestampRule()
        let freshness = object.optional("freshness")?.freshness()
        let eventID = object.optional("eventID")?.eventIDRule()
        let replayWindow = object.optional("replayWindow")?.integer(in: 1...31_536_000)
        let rotation = object.optional("rotation")?.rotation()
        let credentials = object.optional("credentials")?.list { $0.credential() } ?? []
        let responses = object.required("responses")?.responses()
        let payloads = object.required("payloads")?.list { $0.payload() }
        let clauses = object.required("clauses")?.list { $0.clause() }
        guard let id, let title, let source, let signature, let responses, let payloads, let clauses else { return nil }
        if payloads.isEmpty { problems.report("/payloads", "expected at least one payload") }
        return Scheme(
            id: id, title: title, source: source, signature: signature, timestamp: timestamp, freshness: freshness,
            eventID: eventID, replayWindow: replayWindow, rotation: rotation, credentials: credentials,
            responses: responses, payloads: payloads, clauses: clauses)
    }

    /// Lower-case words between hyphens: ids stand in paths, file names and reports.
    private func identifier() -> String? {
        guard let text = string() else { return nil }
        let allowed = text.utf8.allSatisfy { byte in
            ASCII.isDigit(byte) || (byte >= 0x61 && byte <= 0x7A) || byte == UInt8(ascii: "-")
        }
        guard allowed, !text.isEmpty, text.utf8.count <= 64 else {
            report("expected lower-case letters, digits and hyphens, such as my-service")
            return nil
        }
        return text
    }

    private func signatureRule() -> SignatureRule? {
        guard let object = object(["header", "grammar", "message", "algorithm", "encoding", "secret"]) else {
            return nil
        }
        let header = object.required("header")?.headerName()
        let grammar = object.required("grammar")?.grammar()
        let message = object.required("message")?.messageTemplate()
        let algorithm = object.required("algorithm")?.choice(SignatureAlgorithm.all.map { ($0.name, $0) })
        let encoding = object.required("encoding")?.choice(SignatureEncoding.self)
        let secret = object.required("secret")?.secretRule()
        guard let header, let grammar, let message, let algorithm, let encoding, let secret else { return nil }
        return SignatureRule(
            header: header, grammar: grammar, message: message, algorithm: algorithm, encoding: encoding,
            secret: secret)
    }

    private func grammar() -> SignatureRule.Grammar? {
        guard
            let object = object([
                "kind", "prefix", "separator", "signature", "version", "issuer", "audience", "bindings", "lifetime",
                "leeway",
            ])
        else { return nil }
        let keys: [String: [String]] = [
            "value": ["prefix"], "fields": ["separator", "signature"], "list": ["version"],
            "token": ["prefix", "issuer", "audience", "bindings", "lifetime", "leeway"],
        ]
        guard let kind = object.required("kind")?.choice(["value", "fields", "list", "token"].map { ($0, $0) }) else {
            return nil
        }
        for (key, node) in object.members where key != "kind" && keys[kind]?.contains(key) == false {
            node.report("does not belong to a grammar of kind \"\(kind)\"")
        }
        switch kind {
        case "value": return object.required("prefix")?.string().map { .value(prefix: $0) }
        case "fields":
            let separator = object.required("separator")?.choice([(",", ","), (";", ";")])
            let signature = object.required("signature")?.string()
            guard let separator, let signature else { return nil }
            return .fields(separator: separator, signature: signature)
        case "list": return object.required("version")?.string().map { .list(version: $0) }
        default: return tokenRule(object).map { .token($0) }
        }
    }

    private func tokenRule(_ object: SchemeObject) -> TokenRule? {
        let prefix = object.required("prefix")?.string()
        let issuer = object.required("issuer")?.string()
        let audience = object.required("audience")?.identifier()
        let bindings = object.required("bindings")?.list { $0.binding() }
        let lifetime = object.required("lifetime")?.integer(in: 1...31_536_000)
        let leeway = object.required("leeway")?.integer(in: 0...31_536_000)
        guard let prefix, let issuer, let audience, let bindings, let lifetime, let leeway else { return nil }
        return TokenRule(
            prefix: prefix, issuer: issuer, audience: audience, bindings: bindings, lifetime: Int64(lifetime),
            leeway: Int64(leeway))
    }

    private func binding() -> TokenRule.Binding? {
        guard let object = object(["claim", "pointer"]) else { return nil }
        let claim = object.required("claim")?.string()
        let pointer = object.required("pointer")?.pointer()
        guard let claim, let pointer else { return nil }
        return TokenRule.Binding(claim: claim, pointer: pointer)
    }

    private func messageTemplate() -> MessageTemplate? {
        guard let text = string() else { return nil }
        do throws(MessageTemplate.Mistake) {
            return try MessageTemplate(text)
        } catch {
            report(error.reason)
            return nil
        }
    }

    private func secretRule() -> SecretRule? {
        guard let object = object(["decode", "prefix"]) else { return nil }
        let prefix = object.optional("prefix")?.string() ?? ""
        return object.required("decode")?.choice(SecretRule.Decoding.self).map {
            SecretRule(decoding: $0, prefix: prefix)
        }
    }

    private func timestampRule() -> TimestampRule? {
        guard let object = object(["header", "field"]) else { return nil }
        switch (object.optional("header"), object.optional("field")) {
        case (let header?, nil): return header.headerName().map(TimestampRule.header)
        case (nil, let field?): return field.string().map(TimestampRule.field)
        default:
            report("expected either \"header\" or \"field\"")
            return nil
        }
    }

    private func freshness() -> Freshness? {
        guard let object = object(["past", "future"]) else { return nil }
        let future = object.optional("future")?.integer(in: 1...31_536_000)
        return object.required("past")?.integer(in: 1...31_536_000).map {
            Freshness(past: Int64($0), future: future.map(Int64.init))
        }
    }

    private func eventIDRule() -> EventIDRule? {
        guard let object = object(["header", "pointer"]) else { return nil }
        switch (object.optional("header"), object.optional("pointer")) {
        case (let header?, nil): return header.headerName().map(EventIDRule.header)
        case (nil, let pointer?): return pointer.pointer().map(EventIDRule.pointer)
        default:
            report("expected either \"header\" or \"pointer\"")
            return nil
        }
    }

    private func rotation() -> Rotation? {
        guard let object = object(["grace", "severalSignatures"]) else { return nil }
        return Rotation(
            grace: object.optional("grace")?.integer(in: 0...31_536_000),
            severalSignatures: object.optional("severalSignatures")?.bool() ?? false)
    }

    private func credential() -> Credential? {
        guard let object = object(["id", "header"]) else { return nil }
        let id = object.required("id")?.identifier()
        let header = object.required("header")?.headerName()
        guard let id, let header else { return nil }
        return Credential(id: id, header: header)
    }

    private func responses() -> Responses? {
        guard let object = object(["accepted", "rejected", "invalidBody", "refusalTexts"]) else { return nil }
        let accepted = object.required("accepted")?.answer()
        let rejected = object.required("rejected")?.answer()
        guard let accepted, let rejected else { return nil }
        return Responses(
            accepted: accepted, rejected: rejected, invalidBody: object.optional("invalidBody")?.answer(),
            refusalTexts: object.optional("refusalTexts")?.list { $0.string() } ?? [])
    }

    private func answer() -> Responses.Answer? {
        guard let object = object(["status", "body"]) else { return nil }
        return object.required("status")?.integer(in: 200...599).map {
            Responses.Answer(status: $0, body: object.optional("body")?.value)
        }
    }

    private func payload() -> Payload? {
        let keys = ["id", "title", "path", "contentType", "headers", "template", "text", "required", "hasEffect"]
        guard let object = object(keys) else { return nil }
        let id = object.required("id")?.identifier()
        let title = object.required("title")?.string()
        let path = object.required("path")?.pointer()
        let template = object.required("template")
        let text = object.required("text")?.pointer()
        guard let id, let title, let path, let template, let text else { return nil }
        if template.value[pointer: text]?.string == nil {
            node(object, "text").report("no string stands there in the template")
        }
        return Payload(
            id: id, title: title, path: path,
            contentType: object.optional("contentType")?.string() ?? "application/json",
            headers: object.optional("headers")?.headerLines() ?? [], template: template.value, textPointer: text,
            required: object.optional("required")?.list { $0.pointer() } ?? [],
            hasEffect: object.optional("hasEffect")?.bool() ?? true)
    }

    private func headerLines() -> [JSON.Member]? {
        guard let members = value.members, members.allSatisfy({ $0.value.string != nil }) else {
            report("expected an object of header names and their values")
            return nil
        }
        return members
    }

    private func node(_ object: SchemeObject, _ key: String) -> SchemeNode { object.optional(key) ?? self }

    private func clause() -> Clause? {
        guard let object = object(["id", "text", "level", "place", "topics"]) else { return nil }
        let id = object.required("id")?.identifier()
        let text = object.required("text")?.string()
        let level = object.required("level")?.choice(Clause.Level.self)
        let place = object.required("place")?.string()
        let topics = object.required("topics")?.list { $0.choice(Topic.self) }
        guard let id, let text, let level, let place, let topics else { return nil }
        return Clause(id: id, text: text, level: level, place: place, topics: topics)
    }
}

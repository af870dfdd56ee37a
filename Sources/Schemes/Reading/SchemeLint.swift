package import Bytes
internal import Cryptography

extension Scheme {
    /// Contradictory settings. A scheme that has any can't be used.
    func contradictions() -> [JSONProblem] {
        var problems = [JSONProblem]()
        func report(_ path: String, _ message: String) {
            problems.append(JSONProblem(path, message))
        }
        if case .field(let field) = timestamp {
            if case .fields(_, let signature) = self.signature.grammar {
                if field == signature { report("/timestamp/field", "the signature is in the same field") }
            } else {
                report("/timestamp/field", "only a grammar of kind \"fields\" has fields; expected \"header\"")
            }
        }
        if timestamp == nil, signature.message.contains(.timestamp) {
            report("/signature/message", "signs {timestamp}, but \"timestamp\" does not say where it is")
        }
        if timestamp == nil, freshness != nil {
            report("/freshness", "needs \"timestamp\", which says where the timestamp is")
        }
        if signature.message.contains(.id) {
            if case .header = eventID {
            } else {
                report("/signature/message", "signs {id}, but \"eventID\" does not name its header")
            }
        }
        if let decoding = signature.algorithm.secretDecoding, signature.secret.decoding != decoding {
            report(
                "/signature/secret/decode",
                "expected \"\(decoding.rawValue)\", which \"\(signature.algorithm.name)\" signs with")
        }
        problems += tokenContradictions()
        for (index, payload) in payloads.enumerated() {
            let (path, template) = ("/payloads/\(index)", payload.template)
            if template[pointer: payload.textPointer]?.string == nil {
                report("\(path)/text", "the template has no string at \(payload.textPointer)")
            }
            for (place, pointer) in payload.required.enumerated() where template[pointer: pointer] == nil {
                report("\(path)/required/\(place)", "the template has no member at \(pointer)")
            }
            if payload.isForm, template.members == nil {
                report("\(path)/template", "expected an object, whose members are the fields of the form")
            }
        }
        problems += repeatedHeaders()
        problems += handshakeContradictions()
        if let administration { problems += administration.contradictions() }
        if case .pointer(let pointer) = eventID {
            for (index, payload) in payloads.enumerated()
            where payload.isForm == payloads[0].isForm && payload.template[pointer: pointer]?.string == nil {
                report("/payloads/\(index)/template", "has no string at \(pointer), where \"eventID\" looks")
            }
        }
        for (path, names) in [
            ("/payloads", payloads.map(\.id)), ("/clauses", clauses.map(\.id)), ("/credentials", valueNames),
        ] {
            for name in Set(names).sorted() where names.count(where: { $0 == name }) > 1 {
                report(path, "the id \"\(name)\" appears twice")
            }
        }
        if !clauses.contains(where: { $0.topics.contains(.signature) }) {
            report(
                "/clauses", "expected a clause on the topic \"signature\": what the document says of a bad signature")
        }
        return problems
    }

    /// Header lines that would be sent twice: each is set in one place.
    private func repeatedHeaders() -> [JSONProblem] {
        var places = ["host", "content-length", "transfer-encoding", "connection"].map { ($0, "the connection") }
        places.append(("content-type", "\"contentType\""))
        places.append(("user-agent", "\"userAgent\""))
        places.append((signature.header.lowercased(), "/signature/header"))
        if case .header(let name) = timestamp { places.append((name.lowercased(), "/timestamp/header")) }
        if case .header(let name) = eventID { places.append((name.lowercased(), "/eventID/header")) }
        for (index, credential) in credentials.enumerated() {
            places.append((credential.header.lowercased(), "/credentials/\(index)/header"))
        }
        var problems = [JSONProblem]()
        func claim(_ member: JSON.Member, _ path: String) {
            let (name, path) = (member.key.lowercased(), "\(path)/\(JSON.step(member.key))")
            if let place = places.first(where: { $0.0 == name }) {
                problems.append(JSONProblem(path, "\(place.1) sets this header already, and it goes once"))
            } else {
                places.append((name, path))
            }
        }
        for line in sender.headers { claim(line, "/sender/headers") }
        let shared = places
        for (index, payload) in payloads.enumerated() {
            places = shared
            for line in payload.headers { claim(line, "/payloads/\(index)/headers") }
        }
        return problems
    }

    private func handshakeContradictions() -> [JSONProblem] {
        var problems = [JSONProblem]()
        for (index, handshake) in handshakes.enumerated() {
            let path = "/handshakes/\(index)"
            if handshakes.firstIndex(where: { $0.kind == handshake.kind }) != index {
                problems.append(JSONProblem("\(path)/kind", "there is a \(handshake.kind.rawValue) already"))
            }
            if handshake.marks.isEmpty {
                problems.append(JSONProblem("\(path)/marks", "expected a pointer to what tells it from other requests"))
            }
            for (place, pointer) in handshake.marks.enumerated() where handshake.template[pointer: pointer] == nil {
                problems.append(
                    JSONProblem("\(path)/marks/\(place)", "the template has no member at \(pointer)"))
            }
            for member in handshake.answer {
                guard let pointer = Handshake.place(member.value), handshake.template[pointer: pointer]?.string == nil
                else { continue }
                problems.append(
                    JSONProblem(
                        "\(path)/answer/\(JSON.step(member.key))", "the template has no string at \(pointer)"))
            }
        }
        return problems
    }

    /// What a token must be signed as (RFC 7515 §5.1), and what only a token has.
    private func tokenContradictions() -> [JSONProblem] {
        let (message, signs) = ("{token-header}.{token-claims}", signature.message.text)
        guard let token else {
            guard signature.message.contains(.tokenHeader) || signature.message.contains(.tokenClaims) else {
                return []
            }
            return [JSONProblem("/signature/message", "only a grammar of kind \"token\" has a token")]
        }
        var problems = [JSONProblem]()
        for (key, found, expected) in [
            ("message", signs, message), ("algorithm", signature.algorithm.name, "rs256"),
            ("encoding", signature.encoding.rawValue, "base64url"),
        ] where found != expected {
            problems.append(
                JSONProblem("/signature/\(key)", "expected \"\(expected)\", as tokens are signed"))
        }
        for binding in token.bindings {
            for (index, payload) in payloads.enumerated()
            where payload.template[pointer: binding.pointer]?.string == nil {
                problems.append(
                    JSONProblem(
                        "/payloads/\(index)/template",
                        "has no string at \(binding.pointer), which the claim \(binding.claim) repeats"))
            }
        }
        return problems
    }

    /// Weaknesses of the recipe itself, which an endpoint can't fix by following the document.
    package func weaknesses() -> [JSONProblem] {
        var problems = [JSONProblem]()
        func warn(_ path: String, _ message: String) {
            problems.append(JSONProblem(path, message))
        }
        let message = signature.message
        if message.isAmbiguous {
            warn(
                "/signature/message",
                "nothing separates two values, so bytes can move from one to the other under the same signature (E15); "
                    + "the cases timestamp/boundary-* show it")
        }
        if !message.contains(.body) {
            warn("/signature/message", "the body is not signed: anyone who holds one request can change what it says")
        }
        if token != nil {
        } else if timestamp == nil {
            warn("", "no timestamp is signed: a captured request stays valid forever (E01)")
        } else if !message.contains(.timestamp) {
            warn("/signature/message", "the timestamp is not signed: anyone can make an old request fresh (E03)")
        } else if freshness == nil {
            warn("/freshness", "no limit on the age of a request: a captured one stays valid forever (E01)")
        }
        switch eventID {
        case nil: warn("", "deliveries carry no id: an endpoint can't tell a repeated one from a new one (F01)")
        case .header where !message.contains(.id):
            warn("/eventID", "the id is not signed: a replay with a new id looks new (F02)")
        default: break
        }
        if case .hmac(.sha1) = signature.algorithm {
            warn("/signature/algorithm", "only old schemes still use SHA-1; use hmac-sha256 (C01)")
        }
        return problems
    }
}

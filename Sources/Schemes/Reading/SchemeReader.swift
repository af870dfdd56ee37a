package import Bytes
internal import Cryptography

extension Scheme {
    /// Every mistake in a scheme file.
    package struct Mistakes: Error, Sendable, CustomStringConvertible {
        /// The mistakes, in file order.
        package let problems: [JSONProblem]
        /// One line for each mistake.
        package var description: String { problems.map(\.description).joined(separator: "\n") }
    }

    /// Reads a scheme file.
    ///
    /// - Parameter text: the file's bytes, JSON.
    /// - Throws: `Mistakes`, with the JSON pointer of each and what was expected there.
    package static func read(_ text: some Collection<UInt8>) throws(Mistakes) -> Scheme {
        let json: JSON
        do throws(JSON.SyntaxError) {
            json = try JSON.parse(text)
        } catch {
            throw Mistakes(problems: [JSONProblem("", "not JSON: \(error)")])
        }
        let reader = SchemeReader()
        let scheme = reader.scheme(JSONCursor(json))
        guard let scheme, reader.problems.list.isEmpty else { throw Mistakes(problems: reader.problems.list) }
        let contradictions = scheme.contradictions()
        guard contradictions.isEmpty else { throw Mistakes(problems: contradictions) }
        return scheme
    }
}

/// Reads a scheme file to the end whatever is wrong with it, so that its author sees every mistake at once.
struct SchemeReader {
    let problems = JSONProblems()

    /// A year, the longest time that a file may state.
    static let longest = 31_536_000

    func read<Value>(_ reading: @autoclosure () throws(JSONProblem) -> Value) -> Value? { problems.read(try reading()) }

    /// Returns what was read; `nil` when there is nothing, or after recording a problem.
    func optional<Value>(_ reading: @autoclosure () throws(JSONProblem) -> Value?) -> Value? {
        problems.read(try reading()) ?? nil
    }

    /// Whether this is an object. Keys that it has twice or should not have are mistakes.
    func isObject(_ at: JSONCursor, _ known: [String]) -> Bool {
        guard at.value.members != nil else {
            problems.add(at.problem("expected an object"))
            return false
        }
        _ = read(try at.members)
        at.unknownMembers(besides: known).forEach(problems.add)
        return true
    }

    /// Returns the value of a member that may be missing or `null`.
    func given(_ at: JSONCursor, _ key: String) -> JSONCursor? { at.member(key)?.optional }

    func list<Element>(_ at: JSONCursor, _ read: (JSONCursor) -> Element?) -> [Element]? {
        self.read(try at.elements)?.compactMap(read)
    }

    func pointer(_ at: JSONCursor) -> String? { read(try at.jsonPointer) }

    private func topic(_ at: JSONCursor) -> Topic? { read(try at.choice()) }

    func scheme(_ at: JSONCursor) -> Scheme? {
        let keys = [
            "format", "id", "title", "source", "signature", "timestamp", "freshness", "eventID", "replayWindow",
            "rotation", "credentials", "responses", "payloads", "handshakes", "administration", "delivery",
            "sender", "clauses",
        ]
        guard isObject(at, keys) else { return nil }
        _ = read(try at["format"].integer(in: 1...1))
        let id = read(try at["id"].identifier)
        let title = read(try at["title"].string)
        let source = read(try at["source"].string)
        let signature = read(try at["signature"]).flatMap(signatureRule)
        let timestamp = given(at, "timestamp").flatMap(timestampRule)
        let freshness = given(at, "freshness").flatMap(freshness)
        let eventID = given(at, "eventID").flatMap(eventIDRule)
        let eventIDForm = given(at, "eventID").flatMap(eventIDForm) ?? .text
        let replayWindow = optional(try given(at, "replayWindow")?.integer(in: 1...Self.longest))
        let rotation = given(at, "rotation").flatMap(rotation)
        let credentials = given(at, "credentials").flatMap { list($0, credential) } ?? []
        let responses = read(try at["responses"]).flatMap(responses)
        let payloads = read(try at["payloads"]).flatMap { list($0, payload) }
        let handshakes = given(at, "handshakes").flatMap { list($0, handshake) } ?? []
        let administration = given(at, "administration").flatMap(administration)
        let delivery = given(at, "delivery").flatMap(delivery)
        let sender = given(at, "sender").flatMap(sender) ?? .unstated
        let clauses = read(try at["clauses"]).flatMap { list($0, clause) }
        guard let id, let title, let source, let signature, let responses, let payloads, let clauses else { return nil }
        if payloads.isEmpty { problems.add(JSONProblem("/payloads", "expected at least one payload")) }
        return Scheme(
            id: id, title: title, source: source, signature: signature, timestamp: timestamp, freshness: freshness,
            eventID: eventID, eventIDForm: eventIDForm, replayWindow: replayWindow, rotation: rotation,
            credentials: credentials, responses: responses, payloads: payloads, handshakes: handshakes,
            administration: administration, delivery: delivery, sender: sender, clauses: clauses)
    }

    private func timestampRule(_ at: JSONCursor) -> TimestampRule? {
        guard isObject(at, ["header", "field"]) else { return nil }
        switch (given(at, "header"), given(at, "field")) {
        case (let header?, nil): return read(.header(try header.headerName))
        case (nil, let field?): return read(.field(try field.string))
        default:
            problems.add(at.problem("expected either \"header\" or \"field\""))
            return nil
        }
    }

    private func freshness(_ at: JSONCursor) -> Freshness? {
        guard isObject(at, ["past", "future"]) else { return nil }
        let future: Int64? = optional(try given(at, "future")?.integer(in: 1...Int64(Self.longest)))
        return read(try at["past"].integer(in: 1...Int64(Self.longest))).map { Freshness(past: $0, future: future) }
    }

    private func eventIDRule(_ at: JSONCursor) -> EventIDRule? {
        guard isObject(at, ["header", "pointer", "form"]) else { return nil }
        switch (given(at, "header"), given(at, "pointer")) {
        case (let header?, nil): return read(.header(try header.headerName))
        case (nil, let pointer?): return read(.pointer(try pointer.jsonPointer))
        default:
            problems.add(at.problem("expected either \"header\" or \"pointer\""))
            return nil
        }
    }

    private func eventIDForm(_ at: JSONCursor) -> EventIDForm? { optional(try given(at, "form")?.choice()) }

    private func rotation(_ at: JSONCursor) -> Rotation? {
        guard isObject(at, ["grace", "severalSignatures"]) else { return nil }
        return Rotation(
            grace: optional(try given(at, "grace")?.integer(in: 0...Self.longest)),
            severalSignatures: optional(try given(at, "severalSignatures")?.bool) ?? false)
    }

    private func credential(_ at: JSONCursor) -> Credential? {
        guard isObject(at, ["id", "header"]) else { return nil }
        let id = read(try at["id"].identifier)
        let header = read(try at["header"].headerName)
        guard let id, let header else { return nil }
        return Credential(id: id, header: header)
    }

    private func responses(_ at: JSONCursor) -> Responses? {
        let keys = ["accepted", "rejected", "invalidBody", "absent", "closed", "refusalTexts"]
        guard isObject(at, keys) else { return nil }
        let accepted = read(try at["accepted"]).flatMap(answer)
        let rejected = read(try at["rejected"]).flatMap(answer)
        let others = ["invalidBody", "absent", "closed"].map { given(at, $0).flatMap(answer) }
        let refusalTexts = optional(try given(at, "refusalTexts")?.strings) ?? []
        guard let accepted, let rejected else { return nil }
        return Responses(
            accepted: accepted, rejected: rejected, invalidBody: others[0], absent: others[1],
            closed: others[2], refusalTexts: refusalTexts)
    }

    private func answer(_ at: JSONCursor) -> Responses.Answer? {
        guard isObject(at, ["status", "body"]) else { return nil }
        return read(try at["status"].status).map { Responses.Answer(status: $0, body: given(at, "body")?.value) }
    }

    private func payload(_ at: JSONCursor) -> Payload? {
        let keys = [
            "id", "title", "path", "contentType", "headers", "template", "text", "required", "hasEffect", "direction",
            "refusesEmptyText",
        ]
        guard isObject(at, keys) else { return nil }
        let id = read(try at["id"].identifier)
        let title = read(try at["title"].string)
        let path = read(try at["path"].jsonPointer)
        let template = read(try at["template"])
        let text = read(try at["text"].jsonPointer)
        let contentType = optional(try given(at, "contentType")?.string) ?? "application/json"
        let headers = optional(try given(at, "headers")?.headerLines) ?? []
        let required = given(at, "required").flatMap { list($0, pointer) } ?? []
        let hasEffect = optional(try given(at, "hasEffect")?.bool) ?? true
        let direction = optional(try given(at, "direction")?.choice(Payload.Direction.self))
        let refusesEmptyText = optional(try given(at, "refusesEmptyText")?.bool) ?? false
        guard let id, let title, let path, let template, let text else { return nil }
        return Payload(
            id: id, title: title, path: path, contentType: contentType, headers: headers, template: template.value,
            textPointer: text, required: required, hasEffect: hasEffect, direction: direction,
            refusesEmptyText: refusesEmptyText)
    }

    /// The most that a scheme may state: such a body is made and sent.
    private static let largestBody = 100_000_000

    private func sender(_ at: JSONCursor) -> SenderRule? {
        guard isObject(at, ["userAgent", "address", "headers", "maximumBody"]) else { return nil }
        return SenderRule(
            userAgent: optional(try given(at, "userAgent")?.headerValue),
            address: optional(try given(at, "address")?.headerValue),
            headers: optional(try given(at, "headers")?.headerLines) ?? [],
            maximumBody: optional(try given(at, "maximumBody")?.integer(in: 1024...Self.largestBody)))
    }

    private func clause(_ at: JSONCursor) -> Clause? {
        guard isObject(at, ["id", "text", "level", "place", "topics"]) else { return nil }
        let id = read(try at["id"].identifier)
        let text = read(try at["text"].string)
        let level = read(try at["level"].choice(Clause.Level.self))
        let place = read(try at["place"].string)
        let topics = read(try at["topics"]).flatMap { list($0, topic) }
        guard let id, let text, let level, let place, let topics else { return nil }
        return Clause(id: id, text: text, level: level, place: place, topics: topics)
    }
}

// Values that only scheme files contain.
extension JSONCursor {
    /// Lower-case words between hyphens: ids appear in paths, file names and reports.
    var identifier: String {
        get throws(JSONProblem) {
            let text = try string
            let allowed = text.utf8.allSatisfy { byte in
                ASCII.isDigit(byte) || (byte >= 0x61 && byte <= 0x7A) || byte == UInt8(ascii: "-")
            }
            guard allowed, !text.isEmpty, text.utf8.count <= 64 else {
                throw problem("expected lower-case letters, digits and hyphens, such as my-service")
            }
            return text
        }
    }

    /// A header name (RFC 9110 §5.1).
    var headerName: String {
        get throws(JSONProblem) {
            let name = try string
            guard !name.isEmpty, name.utf8.allSatisfy(ASCII.isTokenCharacter) else {
                throw problem("expected a header name, such as X-Signature")
            }
            return name
        }
    }

    /// A JSON pointer to something within a document.
    var jsonPointer: String {
        get throws(JSONProblem) {
            let text = try string
            guard text.utf8.first == UInt8(ascii: "/") else {
                throw problem("expected a JSON pointer, such as /event_id")
            }
            return text
        }
    }

    /// The value of a header: a text on one line.
    var headerValue: String {
        get throws(JSONProblem) {
            let text = try string
            guard !text.isEmpty, !text.utf8.contains(where: ASCII.isControl), text.utf8.first != 0x20,
                text.utf8.last != 0x20
            else { throw problem("expected a text on one line, with no space around it") }
            return text
        }
    }

    /// A status code.
    var status: Int { get throws(JSONProblem) { try integer(in: 200...599) } }

    /// Header names and their values.
    var headerLines: [JSON.Member] {
        get throws(JSONProblem) {
            var lines = [JSON.Member]()
            for (key, value) in try members {
                guard !key.isEmpty, key.utf8.allSatisfy(ASCII.isTokenCharacter) else {
                    throw value.problem("expected a header name, such as X-Event, in place of the key")
                }
                lines.append(JSON.Member(key, .string(try value.headerValue)))
            }
            return lines
        }
    }
}

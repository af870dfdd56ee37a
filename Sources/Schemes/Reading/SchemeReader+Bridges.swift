internal import Bytes

// Handshakes and the administration of bridges.
extension SchemeReader {
    func handshake(_ at: JSONCursor) -> Handshake? {
        guard isObject(at, ["kind", "signed", "template", "marks", "answer"]) else { return nil }
        let kind = read(try at["kind"].choice(Handshake.Kind.self))
        let isSigned = optional(try given(at, "signed")?.bool) ?? true
        let template = read(try at["template"])
        let marks = read(try at["marks"]).flatMap { list($0, pointer) }
        let answer = read(try at["answer"].members)
        guard let kind, let template, let marks, let answer else { return nil }
        return Handshake(
            kind: kind, isSigned: isSigned, template: template.value, marks: marks,
            answer: answer.map { JSON.Member($0.key, $0.value.value) })
    }

    func administration(_ at: JSONCursor) -> Administration? {
        let operations = Administration.Operation.allCases
        guard isObject(at, ["path", "create"] + operations.map(\.rawValue) + ["unknown", "hidden"]) else { return nil }
        let path = read(try at["path"].jsonPointer)
        let creation = read(try at["create"]).flatMap(creation)
        let calls = operations.compactMap { operation in
            given(at, operation.rawValue).flatMap { call($0, operation) }.map { (operation, $0) }
        }
        let unknown = optional(try given(at, "unknown")?.status)
        let hidden = optional(try given(at, "hidden")?.strings) ?? []
        guard let path, let creation else { return nil }
        return Administration(
            path: path, creation: creation, calls: Dictionary(calls) { first, _ in first }, unknownStatus: unknown,
            hidden: hidden)
    }

    private func call(_ at: JSONCursor, _ operation: Administration.Operation) -> Administration.Call? {
        let own: [Administration.Operation: String] = [.rotate: "secret", .list: "bridges"]
        let key = own[operation]
        guard isObject(at, ["method", "path", "body", "status", "shows", "documented"] + [key].compactMap(\.self))
        else { return nil }
        let method = read(try at["method"].method)
        let path = read(try at["path"].string)
        let status = optional(try given(at, "status")?.status)
        let shows = optional(try given(at, "shows")?.values) ?? []
        let isDocumented = optional(try given(at, "documented")?.bool) ?? true
        let pointer = optional(try key.map { key throws(JSONProblem) in try at[key].jsonPointer })
        guard let method, let path else { return nil }
        return Administration.Call(
            method: method, path: path, body: given(at, "body")?.value, status: status, shows: shows,
            secret: operation == .rotate ? pointer : nil, bridges: operation == .list ? pointer : nil,
            isDocumented: isDocumented)
    }

    private func creation(_ at: JSONCursor) -> Administration.Creation? {
        let keys = [
            "method", "body", "status", "id", "secret", "required", "choices", "invalid", "kind", "otherKind", "unique",
            "conflict",
        ]
        guard isObject(at, keys) else { return nil }
        let method = read(try at["method"].method)
        let body = read(try at["body"])
        let status = optional(try given(at, "status")?.status)
        let id = read(try at["id"].jsonPointer)
        let secret = read(try at["secret"]).flatMap(secretSource)
        let pointers = ["required", "unique"].map { key in
            given(at, key).flatMap { list($0, pointer) } ?? []
        }
        let choices = (optional(try given(at, "choices")?.members) ?? []).compactMap(choice)
        let invalid = optional(try given(at, "invalid")?.status)
        let kind = optional(try given(at, "kind")?.jsonPointer)
        let otherKind = optional(try given(at, "otherKind")?.values) ?? []
        let conflict = optional(try given(at, "conflict")?.status)
        guard let method, let body, let id, let secret else { return nil }
        return Administration.Creation(
            method: method, body: body.value, status: status, id: id, secret: secret, required: pointers[0],
            choices: Dictionary(choices) { first, _ in first }, invalidStatus: invalid, kind: kind,
            otherKind: otherKind, unique: pointers[1], conflictStatus: conflict)
    }

    private func choice(_ key: String, _ at: JSONCursor) -> (String, [String])? { read((key, try at.strings)) }

    private func secretSource(_ at: JSONCursor) -> Administration.Creation.SecretSource? {
        guard isObject(at, ["issued", "given"]) else { return nil }
        switch (given(at, "issued"), given(at, "given")) {
        case (let issued?, nil): return read(.issued(try issued.jsonPointer))
        case (nil, let given?): return read(.given(try given.jsonPointer))
        default:
            problems.add(at.problem("expected either \"issued\" or \"given\""))
            return nil
        }
    }
}

extension JSONCursor {
    /// A request method in capitals.
    fileprivate var method: String {
        get throws(JSONProblem) {
            let text = try string
            guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }) else {
                throw problem("expected a method, such as POST")
            }
            return text
        }
    }

    /// Values by JSON pointer.
    fileprivate var values: [JSON.Member] {
        get throws(JSONProblem) {
            let members = try members
            for (key, value) in members where key.utf8.first != UInt8(ascii: "/") {
                throw value.problem("expected a JSON pointer as the key, such as /state")
            }
            return members.map { JSON.Member($0.key, $0.value.value) }
        }
    }
}

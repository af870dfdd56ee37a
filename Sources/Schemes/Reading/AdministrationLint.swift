internal import Bytes

extension Administration {
    /// Pointers that lead nowhere, and placeholders that are unknown or missing.
    func contradictions() -> [JSONProblem] {
        var problems = [JSONProblem]()
        func report(_ path: String, _ reason: String) { problems.append(JSONProblem("/administration\(path)", reason)) }

        let body = creation.body
        func check(_ pointers: some Sequence<String>, _ path: String) {
            for (index, pointer) in pointers.enumerated() where body[pointer: pointer] == nil {
                report("/create/\(path)/\(index)", "the body has no member at \(pointer)")
            }
        }
        check(creation.required, "required")
        check(creation.unique, "unique")
        for (pointer, texts) in creation.choices.sorted(by: { $0.key < $1.key }) {
            let path = "/create/choices/\(JSON.step(pointer))"
            guard let text = body[pointer: pointer]?.string else {
                report(path, "the body has no string at \(pointer)")
                continue
            }
            if !texts.contains(text) { report(path, "the body has \"\(text)\" there, which is not one of these") }
        }
        if let kind = creation.kind {
            if body[pointer: kind]?.string == nil { report("/create/kind", "the body has no string at \(kind)") }
        }
        for member in creation.otherKind where body[pointer: member.key] == nil {
            report("/create/otherKind/\(JSON.step(member.key))", "the body has no member at \(member.key)")
        }
        if case .given(let pointer) = creation.secret, body[pointer: pointer] != "{secret}" {
            report("/create/secret/given", "expected \"{secret}\" in the body at \(pointer)")
        }
        if case .issued = creation.secret, Self.places(in: body).contains("{secret}") {
            report("/create/body", "has the placeholder {secret}, but the endpoint creates the secrets")
        }
        if creation.conflictStatus != nil, !creation.unique.contains(where: { body[pointer: $0] == "{name}" }) {
            report(
                "/create/unique", "expected a pointer to \"{name}\" in the body, so that a bridge can be created once")
        }
        for place in Self.places(in: body) where !["{name}", "{secret}"].contains(place) {
            report("/create/body", "unknown placeholder '\(place)'; the placeholders are {name}, {secret}")
        }
        for operation in Operation.allCases {
            guard let call = calls[operation] else { continue }
            let path = "/\(operation.rawValue)"
            for place in Self.places(in: .string(call.path)) where place != "{id}" {
                report("\(path)/path", "unknown placeholder '\(place)'; the placeholder is {id}")
            }
            if call.path.contains("{id}") == (operation == .list) {
                report("\(path)/path", operation == .list ? "a list has no {id}" : "expected the placeholder {id}")
            }
            if !call.path.isEmpty, !call.path.hasPrefix("/") {
                report("\(path)/path", "expected a path such as /{id}, or nothing")
            }
            for place in Self.places(in: call.body ?? .null) {
                report("\(path)/body", "unknown placeholder '\(place)'; this body has none")
            }
        }
        return problems
    }

    /// Every `{place}` in the strings of a value.
    static func places(in value: JSON) -> [String] {
        switch value {
        case .string(let text):
            text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { rest in
                rest.firstIndex(of: "}").map { "{\(rest[...$0])" }
            }
        case .array(let elements): elements.flatMap(places)
        case .object(let members): members.flatMap { places(in: $0.value) }
        default: []
        }
    }
}

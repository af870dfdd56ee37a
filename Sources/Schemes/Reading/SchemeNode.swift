internal import Bytes

/// A mistake in a scheme file, or a weakness of the recipe it describes.
package struct SchemeProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// JSON pointer to the place, such as `/signature/grammar`; empty for the whole file.
    package let path: String
    /// What is wrong, and what was expected.
    package let message: String

    /// The place and what is wrong there.
    package var description: String { "\(path.isEmpty ? "/" : path): \(message)" }
}

/// Collects every mistake of a file, so that an author sees them all at once.
final class SchemeProblems {
    private(set) var list: [SchemeProblem] = []

    func report(_ path: String, _ message: String) {
        list.append(SchemeProblem(path: path, message: message))
    }
}

/// A value of a scheme file with its place. Reading it reports what is wrong instead of stopping.
struct SchemeNode {
    let value: JSON
    let path: String
    let problems: SchemeProblems

    func report(_ message: String) { problems.report(path, message) }

    /// The members of an object; unknown and repeated keys are mistakes.
    func object(_ known: [String]) -> SchemeObject? {
        guard let members = value.members else {
            report("expected an object")
            return nil
        }
        var found = [String: SchemeNode]()
        for member in members {
            let place = "\(path)/\(member.key)"
            if !known.contains(member.key) {
                problems.report(place, "unknown key; the keys here are \(known.joined(separator: ", "))")
            } else if found[member.key] != nil {
                problems.report(place, "the key stands here twice")
            }
            found[member.key] = SchemeNode(value: member.value, path: place, problems: problems)
        }
        return SchemeObject(node: self, members: found)
    }

    func string() -> String? {
        guard let text = value.string else {
            report("expected a string")
            return nil
        }
        return text
    }

    /// A header name (RFC 9110 §5.1).
    func headerName() -> String? {
        guard let name = string() else { return nil }
        guard !name.isEmpty, name.utf8.allSatisfy(ASCII.isTokenCharacter) else {
            report("expected a header name, such as X-Signature")
            return nil
        }
        return name
    }

    func pointer() -> String? {
        guard let text = string() else { return nil }
        guard text.utf8.first == UInt8(ascii: "/") else {
            report("expected a JSON pointer, such as /event_id")
            return nil
        }
        return text
    }

    func integer(in range: ClosedRange<Int>) -> Int? {
        guard let number = value.integer, range.contains(number) else {
            report("expected a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    func bool() -> Bool? {
        guard let value = value.bool else {
            report("expected true or false")
            return nil
        }
        return value
    }

    func choice<Choice>(_ choices: [(name: String, value: Choice)]) -> Choice? {
        if let text = value.string, let choice = choices.first(where: { $0.name == text }) { return choice.value }
        report("expected one of \(choices.map { "\"\($0.name)\"" }.joined(separator: ", "))")
        return nil
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_: Choice.Type) -> Choice? where Choice.RawValue == String {
        choice(Choice.allCases.map { ($0.rawValue, $0) })
    }

    /// Each element read on its own; `nil` when this is not an array.
    func list<Element>(_ read: (SchemeNode) -> Element?) -> [Element]? {
        guard let elements = value.array else {
            report("expected an array")
            return nil
        }
        return elements.enumerated().compactMap { index, element in
            read(SchemeNode(value: element, path: "\(path)/\(index)", problems: problems))
        }
    }
}

/// The members of an object of a scheme file.
struct SchemeObject {
    let node: SchemeNode
    let members: [String: SchemeNode]

    func optional(_ key: String) -> SchemeNode? {
        guard let member = members[key], member.value != .null else { return nil }
        return member
    }

    func required(_ key: String) -> SchemeNode? {
        if let member = members[key] { return member }
        node.problems.report(node.path, "the key \"\(key)\" is missing")
        return nil
    }
}

internal import Bytes
internal import ReportModel

/// Why a text is not a report, and where.
package struct ReportProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// JSON pointer to the place, such as `/cases/3/outcome`; empty for the whole text.
    package let pointer: String
    /// What is wrong, and what was expected.
    package let message: String

    /// The place and what is wrong there.
    package var description: String { pointer.isEmpty ? message : "\(pointer): \(message)" }
}

/// A value of a report with its place. Reading it as something else than it is throws that place.
struct ReportNode {
    let value: JSON
    let pointer: String

    func problem(_ message: String) -> ReportProblem { ReportProblem(pointer: pointer, message: message) }

    /// The member with a key, which must stand there once.
    subscript(key: String) -> ReportNode {
        get throws(ReportProblem) {
            let found = try members.filter { $0.key.utf8.elementsEqual(key.utf8) }
            guard let member = found.first else { throw problem("the key \"\(key)\" is missing") }
            let node = ReportNode(value: member.value, pointer: "\(pointer)/\(key)")
            guard found.count == 1 else { throw node.problem("the key stands here more than once") }
            return node
        }
    }

    /// The member with a key; `nil` when it is `null` or not there, as in the reports of an earlier version.
    func member(_ key: String) throws(ReportProblem) -> ReportNode? {
        try members.contains { $0.key.utf8.elementsEqual(key.utf8) } ? try self[key].optional : nil
    }

    /// The value, or `nil` for `null`.
    var optional: ReportNode? { value == .null ? nil : self }

    var members: [JSON.Member] {
        get throws(ReportProblem) {
            guard let members = value.members else { throw problem("expected an object") }
            return members
        }
    }

    /// The values of an object's members with their keys, whatever these are; each key stands there once.
    var entries: [(key: String, node: ReportNode)] {
        get throws(ReportProblem) {
            var seen = Set<String>()
            var entries = [(key: String, node: ReportNode)]()
            for member in try members {
                // RFC 6901 §4: in a pointer `~` and `/` are written `~0` and `~1`.
                let step = member.key.replacing("~", with: "~0").replacing("/", with: "~1")
                let node = ReportNode(value: member.value, pointer: "\(pointer)/\(step)")
                guard seen.insert(member.key).inserted else { throw node.problem("the key stands here more than once") }
                entries.append((member.key, node))
            }
            return entries
        }
    }

    var elements: [ReportNode] {
        get throws(ReportProblem) {
            guard let elements = value.array else { throw problem("expected an array") }
            return elements.enumerated().map { ReportNode(value: $1, pointer: "\(pointer)/\($0)") }
        }
    }

    var string: String {
        get throws(ReportProblem) {
            guard let text = value.string else { throw problem("expected a string") }
            return text
        }
    }

    var bool: Bool {
        get throws(ReportProblem) {
            guard let bool = value.bool else { throw problem("expected true or false") }
            return bool
        }
    }

    var double: Double {
        get throws(ReportProblem) {
            guard case .number(let text) = value, let number = Double(text), number.isFinite else {
                throw problem("expected a number")
            }
            return number
        }
    }

    /// A whole number that fits the type asked for.
    func integer<Number: FixedWidthInteger>(_: Number.Type = Number.self) throws(ReportProblem) -> Number {
        guard case .number(let text) = value, let number = Number(text) else {
            throw problem("expected a whole number from \(Number.min) to \(Number.max)")
        }
        return number
    }

    /// One of the names of a fixed set.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _: Choice.Type = Choice.self
    ) throws(ReportProblem) -> Choice where Choice.RawValue == String {
        guard let text = value.string, let choice = Choice(rawValue: text) else {
            let names = Choice.allCases.map { "\"\($0.rawValue)\"" }
            throw problem("expected one of \(names.joined(separator: ", "))")
        }
        return choice
    }

    /// Every element of an array, read in the same way.
    func list<Element>(
        _ read: (ReportNode) throws(ReportProblem) -> Element
    ) throws(ReportProblem) -> [Element] {
        var list = [Element]()
        for element in try elements { list.append(try read(element)) }
        return list
    }

    /// The strings of an array.
    var strings: [String] {
        get throws(ReportProblem) { try list { node throws(ReportProblem) in try node.string } }
    }
}

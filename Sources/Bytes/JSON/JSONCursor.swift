/// What is wrong in a JSON document, and where.
package struct JSONProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// JSON pointer to the place (RFC 6901), such as `/cases/3/outcome`; empty for the whole document.
    package let pointer: String
    /// What is wrong, and what was expected.
    package let reason: String

    /// Creates a problem.
    package init(_ pointer: String, _ reason: String) {
        self.pointer = pointer
        self.reason = reason
    }

    /// The place and what is wrong there.
    package var description: String { pointer.isEmpty ? reason : "\(pointer): \(reason)" }
}

/// A value of a JSON document with its place. Reading it as a different type throws a `JSONProblem`.
package struct JSONCursor: Sendable {
    /// The value.
    package let value: JSON
    /// JSON pointer to it.
    package let pointer: String

    /// Creates a cursor; without a pointer, at the root of a document.
    package init(_ value: JSON, pointer: String = "") {
        self.value = value
        self.pointer = pointer
    }

    /// A problem at this place.
    package func problem(_ reason: String) -> JSONProblem { JSONProblem(pointer, reason) }

    /// The cursor, or `nil` for `null`.
    package var optional: JSONCursor? { value == .null ? nil : self }

    /// The string.
    package var string: String {
        get throws(JSONProblem) {
            guard let text = value.string else { throw problem("expected a string") }
            return text
        }
    }

    /// The Boolean.
    package var bool: Bool {
        get throws(JSONProblem) {
            guard let bool = value.bool else { throw problem("expected true or false") }
            return bool
        }
    }

    /// The number.
    package var double: Double {
        get throws(JSONProblem) {
            guard case .number(let text) = value, let number = Double(text), number.isFinite else {
                throw problem("expected a number")
            }
            return number
        }
    }

    /// Returns the whole number, which must be in a range.
    package func integer<Number: FixedWidthInteger>(
        in range: ClosedRange<Number> = Number.min...Number.max
    ) throws(JSONProblem) -> Number {
        guard case .number(let text) = value, let number = Number(text), range.contains(number) else {
            throw problem("expected a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Returns the value for one of several names.
    package func choice<Choice>(
        _ choices: some Sequence<(name: String, value: Choice)>
    ) throws(JSONProblem) -> Choice {
        let text = value.string
        guard let text, let choice = choices.first(where: { $0.name.utf8.elementsEqual(text.utf8) }) else {
            let names = choices.map { "\"\($0.name)\"" }.joined(separator: ", ")
            throw problem("expected one of \(names)")
        }
        return choice.value
    }

    /// Returns the case of an enumeration that a string names.
    package func choice<Choice: RawRepresentable & CaseIterable>(
        _: Choice.Type = Choice.self
    ) throws(JSONProblem) -> Choice where Choice.RawValue == String {
        try choice(Choice.allCases.map { ($0.rawValue, $0) })
    }

    // MARK: Arrays

    /// The elements of the array.
    package var elements: [JSONCursor] {
        get throws(JSONProblem) {
            guard let elements = value.array else { throw problem("expected an array") }
            return elements.enumerated().map { JSONCursor($1, pointer: "\(pointer)/\($0)") }
        }
    }

    /// The strings of the array.
    package var strings: [String] {
        get throws(JSONProblem) { try list { element throws(JSONProblem) in try element.string } }
    }

    /// Returns every element of the array, read in the same way.
    package func list<Element>(
        _ read: (JSONCursor) throws(JSONProblem) -> Element
    ) throws(JSONProblem) -> [Element] {
        var list = [Element]()
        for element in try elements { list.append(try read(element)) }
        return list
    }

    // MARK: Objects

    /// The members of the object in their order, whatever their keys; each key appears once.
    package var members: [(key: String, value: JSONCursor)] {
        get throws(JSONProblem) {
            guard let members = value.members else { throw problem("expected an object") }
            var seen = Set<[UInt8]>()
            for member in members where !seen.insert(Array(member.key.utf8)).inserted {
                throw child(member).problem("the key appears more than once")
            }
            return members.map { ($0.key, child($0)) }
        }
    }

    /// The value of the member with a key, which must appear exactly once.
    package subscript(key: String) -> JSONCursor {
        get throws(JSONProblem) {
            guard let members = value.members else { throw problem("expected an object") }
            let found = members.filter { $0.key.utf8.elementsEqual(key.utf8) }
            guard let member = found.first else { throw problem("the key \"\(key)\" is missing") }
            guard found.count == 1 else { throw child(member).problem("the key appears more than once") }
            return child(member)
        }
    }

    /// Returns the value of the member with a key, or `nil` when there is none.
    package func member(_ key: String) -> JSONCursor? {
        value.members?.last { $0.key.utf8.elementsEqual(key.utf8) }.map(child)
    }

    /// Returns the value of the member with a key, or `nil` when it is `null` or there is none.
    package func present(_ key: String) -> JSONCursor? { member(key)?.optional }

    /// Returns the object, which must have some keys, may have others, and has no duplicates or further keys.
    @discardableResult
    package func object(_ required: [String], optional: [String] = []) throws(JSONProblem) -> JSONCursor {
        _ = try members
        if let unknown = unknownMembers(besides: required + optional).first { throw unknown }
        for key in required where value[key] == nil { throw problem("the key \"\(key)\" is missing") }
        return self
    }

    /// Returns a problem for every member of the object whose key is none of these, with what was probably meant.
    package func unknownMembers(besides known: [String]) -> [JSONProblem] {
        (value.members ?? []).compactMap { member in
            guard !known.contains(where: { $0.utf8.elementsEqual(member.key.utf8) }) else { return nil }
            let nearest = Suggestion.nearest(member.key, among: known, limit: 1).first
            let list = known.count <= 20 ? "; the keys here are \(known.joined(separator: ", "))" : ""
            return child(member).problem("unknown key" + (nearest.map { "; did you mean \"\($0)\"?" } ?? list))
        }
    }

    private func child(_ member: JSON.Member) -> JSONCursor {
        JSONCursor(member.value, pointer: "\(pointer)/\(JSON.step(member.key))")
    }
}

/// Collects the problems in a document, so that its author sees them all at once.
package final class JSONProblems {
    /// The problems in the order in which they were found.
    package private(set) var list: [JSONProblem] = []

    /// Creates an empty collection.
    package init() {}

    /// Adds a problem.
    package func add(_ problem: JSONProblem) { list.append(problem) }

    /// Returns what was read, or adds the problem and returns `nil`.
    package func read<Value>(_ reading: @autoclosure () throws(JSONProblem) -> Value) -> Value? {
        do throws(JSONProblem) {
            return try reading()
        } catch {
            add(error)
            return nil
        }
    }
}

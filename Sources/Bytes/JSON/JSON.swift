/// A JSON value that keeps what decoders lose: the order of members, duplicate keys, and the text of numbers.
///
/// The serialiser models, the scheme files and the reports all need the order; the models also need `1.0` to stay `1.0`
/// until a model decides to print it as `1`.
package indirect enum JSON: Sendable, Hashable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number, as its text in the document.
    case number(String)
    /// A string, its escapes resolved. An escaped lone surrogate becomes U+FFFD.
    case string(String)
    /// An array.
    case array([JSON])
    /// An object, its members in the order of the document, duplicates included.
    case object([Member])

    /// One `"key": value` of an object.
    package struct Member: Sendable, Hashable {
        /// The key, its escapes resolved.
        package let key: String
        /// The value.
        package var value: JSON

        /// Creates a member.
        package init(_ key: String, _ value: JSON) {
            self.key = key
            self.value = value
        }
    }
}

extension JSON {
    /// The string, if this is one.
    package var string: String? { if case .string(let text) = self { text } else { nil } }

    /// The Boolean, if this is one.
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The whole number, if this is a number written as one that fits.
    package var integer: Int? { if case .number(let text) = self { Int(text) } else { nil } }

    /// The elements, if this is an array.
    package var array: [JSON]? { if case .array(let elements) = self { elements } else { nil } }

    /// The members, if this is an object.
    package var members: [Member]? { if case .object(let members) = self { members } else { nil } }

    /// The value of the last member with this key (the last one wins, as in JavaScript), compared byte for byte.
    package subscript(key: String) -> JSON? {
        member { $0.elementsEqual(key.utf8) }
    }

    private func member(where isWanted: (String.UTF8View) -> Bool) -> JSON? {
        members?.last { isWanted($0.key.utf8) }?.value
    }

    /// The value at a JSON pointer (RFC 6901), or `nil`.
    package subscript(pointer pointer: String) -> JSON? {
        // Most pointers have one step and no escape.
        if pointer.utf8.first == UInt8(ascii: "/"), members != nil,
            !pointer.utf8.dropFirst().contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "~") })
        {
            return member { $0.elementsEqual(pointer.utf8.dropFirst()) }
        }
        return Self.steps(of: pointer).reduce(self as JSON?) { value, step in
            guard let value else { return nil }
            if let elements = value.array {
                guard let index = Int(step), elements.indices.contains(index) else { return nil }
                return elements[index]
            }
            return value[step]
        }
    }

    /// Returns a copy in which the member at a JSON pointer has another value, or is removed when that is `nil`.
    ///
    /// A missing member is appended to its object; a pointer through anything but objects changes nothing.
    package func replacing(pointer: String, with value: JSON?) -> JSON {
        replacing(Self.steps(of: pointer)[...], with: value)
    }

    private func replacing(_ steps: ArraySlice<String>, with value: JSON?) -> JSON {
        guard let step = steps.first, var members else { return self }
        let rest = steps.dropFirst()
        let place = members.firstIndex { $0.key.utf8.elementsEqual(step.utf8) }
        if !rest.isEmpty {
            guard let place else { return self }
            members[place].value = members[place].value.replacing(rest, with: value)
        } else if let place {
            if let value { members[place].value = value } else { members.remove(at: place) }
        } else if let value {
            members.append(Member(step, value))
        }
        return .object(members)
    }

    /// Returns a key as a step of a JSON pointer, where `~` and `/` are written `~0` and `~1` (RFC 6901 §4).
    package static func step(_ key: String) -> String {
        guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return key }
        var text = [UInt8]()
        for byte in key.utf8 {
            switch byte {
            case UInt8(ascii: "~"): text += "~0".utf8
            case UInt8(ascii: "/"): text += "~1".utf8
            default: text.append(byte)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Returns the keys of a JSON pointer.
    package static func steps(of pointer: String) -> [String] {
        guard pointer.utf8.first == UInt8(ascii: "/") else { return [] }
        return pointer.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
            unescaped(String(decoding: $0, as: UTF8.self))
        }
    }

    private static func unescaped(_ step: String) -> String {
        guard step.utf8.contains(UInt8(ascii: "~")) else { return step }
        var text = [UInt8]()
        var bytes = step.utf8.makeIterator()
        while let byte = bytes.next() {
            guard byte == UInt8(ascii: "~") else {
                text.append(byte)
                continue
            }
            switch bytes.next() {
            case UInt8(ascii: "0"): text.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): text.append(UInt8(ascii: "/"))
            default: text.append(byte)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Creates a string.
    package init(stringLiteral value: String) { self = .string(value) }
    /// Creates a Boolean.
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Creates a number.
    package init(integerLiteral value: Int) { self = .number(String(value)) }
    /// Creates an array.
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// Creates an object, its members in the order written.
    package init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { Member($0, $1) }) }

    /// Creates a number from a whole number.
    package init(_ value: Int) { self = .number(String(value)) }
    /// Creates an array of strings.
    package init(_ texts: [String]) { self = .array(texts.map(JSON.string)) }
}

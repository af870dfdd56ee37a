internal import Bytes

/// One header line: a name and a value, byte for byte as sent or received.
package struct HeaderField: Sendable, Hashable {
    /// The name as written, any case.
    package var name: [UInt8]
    /// The value as written. Parsers remove the whitespace around it (RFC 9112 §5.1), writers add a space before it.
    package var value: [UInt8]

    /// Creates a header line from bytes.
    package init(name: [UInt8], value: [UInt8]) {
        self.name = name
        self.value = value
    }

    /// Creates a header line from text, as UTF-8.
    package init(_ name: String, _ value: String) {
        self.init(name: Array(name.utf8), value: Array(value.utf8))
    }

    /// Whether this is its name, ignoring ASCII case.
    package func isNamed(_ text: String) -> Bool {
        name.count == text.utf8.count
            && zip(name, text.utf8).allSatisfy { ASCII.lowercased($0) == ASCII.lowercased($1) }
    }
}

/// The header lines of a message, in order, with duplicates, odd case and any bytes.
/// A dictionary would lose what flaws G06 to G08 depend on.
package struct Headers: Sendable, Hashable {
    /// The lines in the order of the wire.
    package var fields: [HeaderField]

    /// Creates a list of header lines.
    package init(_ fields: [HeaderField] = []) {
        self.fields = fields
    }

    /// Returns the value of every line with this name, ignoring ASCII case, in order.
    package func values(named name: String) -> [[UInt8]] {
        var values = [[UInt8]]()
        for field in fields where field.isNamed(name) { values.append(field.value) }
        return values
    }

    /// Returns the value of the first line with this name, or `nil`.
    package func first(named name: String) -> [UInt8]? {
        fields.first { $0.isNamed(name) }?.value
    }

    /// Adds a line at the end.
    package mutating func append(_ name: String, _ value: [UInt8]) {
        fields.append(HeaderField(name: Array(name.utf8), value: value))
    }

    /// Sets the value of the first line with this name and removes the others; adds a line when there is none.
    package mutating func set(_ name: String, _ value: [UInt8]) {
        guard let place = fields.firstIndex(where: { $0.isNamed(name) }) else {
            return append(name, value)
        }
        fields[place].value = value
        for other in fields.indices.reversed()
        where other > place && fields[other].isNamed(name) { fields.remove(at: other) }
    }

    /// Removes every line with this name.
    package mutating func remove(_ name: String) {
        fields.removeAll { $0.isNamed(name) }
    }
}

extension Headers {
    /// Whether every line follows the grammar of HTTP (RFC 9110 §5.1 and §5.5), bytes above 0x7F allowed.
    package var areWellFormed: Bool {
        fields.allSatisfy { field in
            !field.name.isEmpty && field.name.allSatisfy(ASCII.isTokenCharacter)
                && field.value.allSatisfy { ($0 >= 0x20 || $0 == 0x09) && $0 != 0x7F }
        }
    }

    /// How many bytes the lines take on the wire.
    package var lineBytes: Int { fields.reduce(0) { $0 + $1.name.count + $1.value.count + ": \r\n".utf8.count } }
}

internal import ReportModel

/// A pattern over case ids: `*` matches any text within one segment, `**` any text.
package struct CaseGlob: Sendable, Hashable {
    /// The pattern as written.
    package let pattern: String

    /// Creates a pattern.
    package init(_ pattern: String) { self.pattern = pattern }

    /// Whether the whole pattern matches a case id.
    package func matches(_ id: String) -> Bool { Self.matches(Array(pattern.utf8)[...], Array(id.utf8)[...]) }

    /// Ids are short, so trying every length of a star is cheap. Adjacent stars are folded first to keep it so.
    private static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        guard first == UInt8(ascii: "*") else {
            return text.first == first && matches(pattern.dropFirst(), text.dropFirst())
        }
        let stars = pattern.prefix { $0 == UInt8(ascii: "*") }.count
        let rest = pattern.dropFirst(stars)
        if stars > 1, rest.isEmpty { return true }
        var remaining = text
        while true {
            if matches(rest, remaining) { return true }
            guard let next = remaining.popFirst(), stars > 1 || next != UInt8(ascii: "/") else { return false }
        }
    }
}

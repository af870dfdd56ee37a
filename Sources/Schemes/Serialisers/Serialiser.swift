package import Bytes

/// A model of one JSON serialiser in real use: what an endpoint gets when it parses a body and writes it again, and
/// what a sender gets when it writes an event.
///
/// Each is described by data (order of members, numbers, strings, spacing), checked against what the real programs
/// print (`Tests/SchemesTests/Serialisers/truth.json`). Known limits, all outside what webhooks carry:
/// - An escaped lone surrogate is U+FFFD already when a model sees it, as `JSON.parse` made it.
/// - Where the real thing raises an error (a number beyond a double in Go, PHP and Ruby), the model writes `null`.
/// - Their limits of depth (PHP 512, Ruby 100, .NET 64 levels) and of length are not modelled.
package struct Serialiser: Sendable, Hashable {
    /// The name in kebab case, such as `python-compact`.
    package let id: String
    /// The expression that produces this text, such as `json.dumps(json.loads(body))`.
    package let title: String
    let order: MemberOrder
    /// Whether an object that could be a list (keys 0, 1, 2 … in order, or none) is written as one.
    let listsLikeObjects: Bool
    /// How numbers are written, or `nil` when their text is kept.
    let numbers: NumberStyle?
    let strings: StringStyle
    let spacing: Spacing

    init(
        _ id: String, _ title: String, order: MemberOrder = .distinct, listsLikeObjects: Bool = false,
        numbers: NumberStyle?, strings: StringStyle, spacing: Spacing = .compact
    ) {
        self.id = id
        self.title = title
        self.order = order
        self.listsLikeObjects = listsLikeObjects
        self.numbers = numbers
        self.strings = strings
        self.spacing = spacing
    }

    /// Writes a value as this serialiser would after parsing it, in UTF-8.
    package func serialise(_ value: JSON) -> [UInt8] {
        var out = [UInt8]()
        write(value, to: &out, depth: 0)
        return out
    }
}

extension Serialiser {
    /// Every model, the most common first.
    package static let all: [Serialiser] = [
        javaScript, python, pythonCompact, pythonSorted, pythonUTF8, go, php, phpArray, ruby, jackson, dotNET,
        sortedCompact, pretty2, pretty4, prettyTab,
    ]

    /// Returns the model with this id, or `nil`.
    package static func named(_ id: String) -> Serialiser? {
        all.first { $0.id == id }
    }
}

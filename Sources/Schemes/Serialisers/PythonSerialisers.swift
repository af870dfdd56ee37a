extension Serialiser {
    /// `json.dumps` by default: spaces after commas and colons, ASCII only.
    static let python = Serialiser(
        "python", "json.dumps(json.loads(body))", numbers: .python, strings: .python, spacing: .spaced)

    /// `json.dumps` without spaces.
    static let pythonCompact = Serialiser(
        "python-compact", "json.dumps(json.loads(body), separators=(\",\", \":\"))", numbers: .python, strings: .python)

    /// `json.dumps` with its keys sorted by code point.
    static let pythonSorted = Serialiser(
        "python-sorted", "json.dumps(json.loads(body), sort_keys=True)",
        order: .sorted, numbers: .python, strings: .python, spacing: .spaced)

    /// `json.dumps` with characters as they are.
    static let pythonUTF8 = Serialiser(
        "python-utf8", "json.dumps(json.loads(body), ensure_ascii=False)",
        numbers: .python, strings: StringStyle(), spacing: .spaced)

    /// `json.dumps` sorted and without spaces, often mistaken for a canonical form.
    static let sortedCompact = Serialiser(
        "sorted-compact", "json.dumps(json.loads(body), sort_keys=True, separators=(\",\", \":\"))",
        order: .sorted, numbers: .python, strings: .python)

    /// `json.dumps` with four spaces.
    static let pretty4 = Serialiser(
        "pretty-4", "json.dumps(json.loads(body), indent=4)",
        numbers: .python, strings: .python, spacing: .pretty("    "))
}

extension Serialiser.NumberStyle {
    /// Integers of any size, and `float.__repr__`: `1.0`, `1e+16`, `1e-05`, and `Infinity`, which is not JSON.
    static let python = Self(
        plain: -4...15, pointZero: true, pointZeroBeforeExponent: false, exponentDigits: 2, infinity: .word)
}

extension Serialiser.StringStyle {
    /// `ensure_ascii`: everything outside U+0020 to U+007E as lower-case escapes.
    static let python = Self(hexedFrom: 0x7F)
}

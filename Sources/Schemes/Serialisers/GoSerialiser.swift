extension Serialiser {
    /// `encoding/json` on a `map[string]any`: keys sorted by bytes, every number a `float64`, HTML escaped.
    ///
    /// As from Go 1.22, which writes `\b` and `\f`; earlier releases wrote `\u0008` and `\u000c`.
    static let go = Serialiser(
        "go", "json.Marshal of what json.Unmarshal(body) puts into an any (encoding/json)",
        order: .sorted,
        numbers: NumberStyle(whole: .double, plain: -6...20, pointZero: false, pointZeroBeforeExponent: false),
        strings: StringStyle(hexed: "<>&\u{2028}\u{2029}"))
}

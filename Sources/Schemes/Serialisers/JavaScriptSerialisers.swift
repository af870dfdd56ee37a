extension Serialiser {
    /// `JSON.stringify` (ECMA-262 §25.5.2): every number a double, index-like keys first, characters as they are.
    ///
    /// `1.0` becomes `1`, `-0` becomes `0`, whole numbers beyond 2⁵³ are rounded, and those beyond a double are `null`.
    static let javaScript = Serialiser(
        "javascript", "JSON.stringify(JSON.parse(body))",
        order: .indicesFirst, numbers: .javaScript, strings: StringStyle())

    /// `JSON.stringify` with two spaces.
    static let pretty2 = Serialiser(
        "pretty-2", "JSON.stringify(JSON.parse(body), null, 2)",
        order: .indicesFirst, numbers: .javaScript, strings: StringStyle(), spacing: .pretty("  "))

    /// `JSON.stringify` with tabs.
    static let prettyTab = Serialiser(
        "pretty-tab", "JSON.stringify(JSON.parse(body), null, \"\\t\")",
        order: .indicesFirst, numbers: .javaScript, strings: StringStyle(), spacing: .pretty("\t"))
}

extension Serialiser.NumberStyle {
    /// `Number.prototype.toString` (ECMA-262 §6.1.6.1.20).
    static let javaScript = Self(
        whole: .double, plain: -6...20, pointZero: false, pointZeroBeforeExponent: false, signedZero: false)
}

extension Serialiser {
    /// `JSON.generate`, with floats as `Float#to_s` writes them: `1.0e+15`, `1.0e-05`, and plain when there is a
    /// fraction.
    ///
    /// Checked with json 2.6; from 2.10 on (2025) the gem lays out very large and very small floats by its own rules.
    static let ruby = Serialiser(
        "ruby", "JSON.generate(JSON.parse(body))",
        numbers: NumberStyle(
            plain: -4...14, fractionsArePlain: true, pointZero: true, pointZeroBeforeExponent: true, exponentDigits: 2),
        strings: StringStyle())
}

extension Serialiser {
    /// Jackson's tree of nodes: integers of any size, `Double.toString` for the rest, upper-case escapes.
    ///
    /// As from JDK 19, whose digits are the shortest: earlier ones print `2e23` as `1.9999999999999998E23`. Java gives
    /// the smallest doubles two digits (`4.9E-324`), which is not modelled.
    static let jackson = Serialiser(
        "jackson", "mapper.writeValueAsString(mapper.readTree(body)) (Jackson)",
        numbers: NumberStyle(
            plain: -3...6, pointZero: true, pointZeroBeforeExponent: true, exponent: "E", negativeExponent: "E-",
            infinity: .quotedWord),
        strings: StringStyle(digits: StringStyle.upper))
}

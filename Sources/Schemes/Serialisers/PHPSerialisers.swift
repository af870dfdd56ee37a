extension Serialiser {
    /// `json_encode` of the objects that `json_decode` returns, with the default `serialize_precision` of -1.
    ///
    /// A key that starts with U+0000 makes `json_decode` fail, which is not modelled.
    static let php = Serialiser("php", "json_encode(json_decode($body))", numbers: .php, strings: .php)

    /// `json_encode` of the arrays that `json_decode` returns on request: `{}` becomes `[]`, and so do the keys 0, 1 …
    static let phpArray = Serialiser(
        "php-array", "json_encode(json_decode($body, true))", listsLikeObjects: true, numbers: .php, strings: .php)
}

extension Serialiser.NumberStyle {
    /// `1.0` becomes `1`, and integers beyond 64 bits become doubles such as `1.0e+20`.
    static let php = Self(whole: .exactIn64Bits, plain: -4...16, pointZero: false, pointZeroBeforeExponent: true)
}

extension Serialiser.StringStyle {
    /// `\/`, and everything from U+0080 on as lower-case escapes.
    static let php = Self(backslashed: "\"\\/", hexedFrom: 0x80)
}

internal import Bytes

/// Java's text conversions, as endpoints use them.
enum Java {
    /// `Long.parseLong(text)`: a sign, leading zeros, digits of any script; `nil` is a `NumberFormatException`.
    static func parseLong(_ text: [UInt8]) -> Int64? {
        guard let string = String(validating: text, as: UTF8.self) else { return nil }
        var digits = string.unicodeScalars[...]
        let isNegative = digits.first == "-"
        if isNegative || digits.first == "+" { digits = digits.dropFirst() }
        guard !digits.isEmpty else { return nil }
        var value: Int64 = 0
        for scalar in digits {
            guard let digit = digit(scalar) else { return nil }
            let (tens, tooLarge) = value.multipliedReportingOverflow(by: 10)
            // Counted downwards, because the smallest number has no positive counterpart.
            let (sum, carried) = tens.subtractingReportingOverflow(digit)
            guard !tooLarge, !carried else { return nil }
            value = sum
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int64? {
        switch scalar.value {
        case 0x30...0x39: Int64(scalar.value - 0x30)
        case 0x660...0x669: Int64(scalar.value - 0x660)
        case 0x966...0x96F: Int64(scalar.value - 0x966)
        case 0xFF10...0xFF19: Int64(scalar.value - 0xFF10)
        default: nil
        }
    }
}

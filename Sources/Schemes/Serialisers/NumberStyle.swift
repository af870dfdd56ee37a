internal import Bytes

extension Serialiser {
    /// How numbers are written by a language that parsed them: whole ones as they are or as doubles, doubles by their
    /// shortest digits in the language's own layout.
    struct NumberStyle: Sendable, Hashable {
        /// How a number without fraction and exponent is treated.
        enum Whole: Sendable, Hashable {
            /// An integer of any size.
            case exact
            /// An integer when it fits in 64 bits, or else a double.
            case exactIn64Bits
            /// A double.
            case double
        }

        /// How a number beyond the doubles is written.
        enum Infinity: Sendable, Hashable {
            /// `null`
            case null
            /// `Infinity`, which is not JSON.
            case word
            /// `"Infinity"`
            case quotedWord
        }

        var whole = Whole.exact
        /// The decimal exponents (of the first digit) at which a double is written without `e`.
        let plain: ClosedRange<Int>
        /// Whether a double that has a fraction is written without `e` also above that range.
        var fractionsArePlain = false
        /// Whether a whole double keeps a `.0` when written without `e`.
        let pointZero: Bool
        /// Whether a single digit before `e` gets a `.0`.
        let pointZeroBeforeExponent: Bool
        /// The text before the digits of an exponent that isn't negative.
        var exponent = "e+"
        /// The text before the digits of a negative exponent.
        var negativeExponent = "e-"
        /// The fewest digits of an exponent.
        var exponentDigits = 1
        var signedZero = true
        var infinity = Infinity.null

        /// Returns the text of a number after it was read and written.
        func text(of lexeme: String) -> String {
            let isWhole = !lexeme.utf8.contains { ".eE".utf8.contains($0) }
            switch whole {
            case .exact where isWhole: return lexeme == "-0" ? "0" : lexeme
            case .exactIn64Bits where isWhole:
                if let integer = Int64(lexeme) { return String(integer) }
            default: break
            }
            // Only text that isn't a number has no value, and a parsed document contains none.
            return Double(lexeme).map(text(of:)) ?? lexeme
        }

        private func text(of value: Double) -> String {
            guard value.isFinite else { return text(ofInfinity: value) }
            let decimal = Decimal(value)
            let digits = decimal.digits
            let sign = value.sign == .minus && (signedZero || value != 0) ? "-" : ""
            let hasFraction = decimal.exponent >= 0 && digits.count > decimal.exponent + 1
            if plain.contains(decimal.exponent) || fractionsArePlain && hasFraction {
                return sign + plainText(digits, exponent: decimal.exponent)
            }
            let fraction = digits.count > 1 ? ".\(digits.dropFirst())" : pointZeroBeforeExponent ? ".0" : ""
            let power = String(abs(decimal.exponent))
            let padding = String(repeating: "0", count: max(0, exponentDigits - power.count))
            let mark = decimal.exponent < 0 ? negativeExponent : exponent
            return "\(sign)\(digits.prefix(1))\(fraction)\(mark)\(padding)\(power)"
        }

        private func plainText(_ digits: String, exponent: Int) -> String {
            if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + digits }
            let whole = digits.prefix(exponent + 1)
            let zeros = String(repeating: "0", count: exponent + 1 - whole.count)
            let fraction = digits.dropFirst(exponent + 1)
            return whole + zeros + (fraction.isEmpty ? pointZero ? ".0" : "" : "." + fraction)
        }

        private func text(ofInfinity value: Double) -> String {
            let word = value < 0 ? "-Infinity" : "Infinity"
            return switch infinity {
            case .null: "null"
            case .word: word
            case .quotedWord: "\"\(word)\""
            }
        }
    }

    /// The fewest decimal digits that read back as a double: d.ddd × 10^exponent, without sign.
    private struct Decimal {
        /// At least one digit; no zero at either end except for zero itself.
        let digits: String
        let exponent: Int

        /// Parses Swift's description, which has the shortest digits (`5e-324`, `0.001`, `1.5e+16`).
        init(_ value: Double) {
            let parts = value.magnitude.description.split(separator: "e")
            let point = parts[0].split(separator: ".")
            let all = point.joined()
            let significant = all.drop { $0 == "0" }
            let trimmed = significant.reversed().drop { $0 == "0" }.reversed()
            guard !significant.isEmpty else {
                digits = "0"
                exponent = 0
                return
            }
            digits = String(trimmed)
            let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
            exponent = power + point[0].count - 1 - (all.count - significant.count)
        }
    }
}

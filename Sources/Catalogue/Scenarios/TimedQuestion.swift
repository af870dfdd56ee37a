package import Bytes
package import Schemes
package import Timing

/// An experiment with the requests of its classes.
package struct TimedQuestion: Sendable {
    /// The id of the case that asks.
    package let id: String
    /// The classes, and what is compared.
    package let experiment: Experiment
    /// Makes the request of a class, by its index, from the draft of a valid one.
    package let request: @Sendable (_ index: Int, Draft, inout SeededGenerator) -> SignedRequest
}

extension SignatureEncoding {
    /// Returns the text of a signature with one wrong symbol in it.
    ///
    /// The byte that the symbol decodes to changes too, in its highest bits, and the text remains canonical.
    ///
    /// - Parameter position: how many symbols before it are right.
    package func withWrongSymbol(
        in text: [UInt8], at position: Int, using generator: inout some RandomNumberGenerator
    ) -> [UInt8] {
        let alphabet = alphabet
        guard text.indices.contains(position), let value = alphabet.firstIndex(of: text[position]) else { return text }
        var changed = text
        let highest = alphabet.count / 2
        var change = highest | Int.random(in: 0..<highest, using: &generator)
        let symbols = symbols(in: text)
        if position == symbols - 1 { change &= ~(1 << spareBits(symbols) - 1) }
        changed[position] = alphabet[value ^ change]
        return changed
    }

    /// How many symbols a signature's text has, without padding.
    package func symbols(in text: [UInt8]) -> Int { text.count { $0 != UInt8(ascii: "=") } }

    /// The bits of the last symbol that belong to no byte.
    private func spareBits(_ symbols: Int) -> Int { self == .hex ? 0 : symbols * 6 % 8 }

    private var alphabet: [UInt8] {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        return switch self {
        case .hex: Array("0123456789abcdef".utf8)
        case .base64: Array("\(letters)+/".utf8)
        case .base64url: Array("\(letters)-_".utf8)
        }
    }
}

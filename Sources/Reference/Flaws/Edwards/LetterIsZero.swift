internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let edwardsLetterIsZero = Flaw(
        "ed25519-letters-are-zeros", covers: ["C10"], needs: [.ed25519], caughtBy: ["edwards/zero-byte-as-letters"],
        "It decodes two letters that are no hexadecimal digits as a zero byte.",
        explanation: "Your endpoint decodes hexadecimal with a parser that makes a zero of what it cannot "
            + "read (as discord-interactions for JavaScript does)."
    ) { behaviour in
        behaviour.steps.verifies = { text, values, key, scheme in
            let pairs = stride(from: 0, to: text.count, by: 2).map { Array(text[$0..<min($0 + 2, text.count)]) }
            let bytes = pairs.map { Hex.decode($0)?.first ?? 0 }
            return Strict.verifies(Hex.encode(bytes), values, key, scheme)
        }
    }
}

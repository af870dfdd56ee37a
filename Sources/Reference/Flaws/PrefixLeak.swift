internal import Catalogue
internal import Platform
internal import Schemes
internal import Synchronization

/// A known leak of time, to prove the measuring of times: an endpoint that spends more time on a signature the more of it
/// is right. It is not among the flaws that `selftest` catches, because that skips all waits.
package final class PrefixLeak: Sendable {
    /// How much longer each quarter of the signature that is right takes, in nanoseconds.
    package let nanosecondsPerQuarter: UInt64

    /// The time really spent, by the number of quarters.
    private let spent = Mutex([[UInt64]](repeating: [], count: 5))

    private static let most = 1 << 16

    /// Creates a leak.
    package init(nanosecondsPerQuarter: UInt64) { self.nanosecondsPerQuarter = nanosecondsPerQuarter }

    /// The endpoint's flaw.
    package var flaw: Flaw {
        Flaw(
            "time-tells-prefix", covers: ["B14"], needs: [.hmac], caughtBy: ["timing/first-wrong-symbol"],
            "It takes longer to reject a signature the more of it is right.",
            explanation: "Your endpoint compares signatures symbol by symbol and stops at the first difference."
        ) { [self] behaviour in
            let matches = behaviour.steps.signatureMatches
            behaviour.steps.signatureMatches = { text, right, scheme in
                self.spend(quarters: Self.equalQuarters(text, scheme.signature.encoding.encode(right)))
                return matches(text, right, scheme)
            }
        }
    }

    /// Returns how many quarters are equal before the first that is not. It looks at every symbol: looking for the first
    /// difference would be a leak of its own, and larger than the one that is made.
    private static func equalQuarters(_ text: [UInt8], _ expected: [UInt8]) -> Int {
        guard text.count == expected.count else { return 0 }
        let size = text.count / 4
        var (difference, quarters): (UInt8, Int) = (0, 0)
        for quarter in 0..<4 {
            for place in quarter * size..<(quarter + 1) * size { difference |= text[place] ^ expected[place] }
            // 1 where there was no difference so far, without a branch.
            quarters += ((Int(difference) - 1) >> 8) & 1
        }
        return quarters
    }

    private func spend(quarters: Int) {
        let span = MonotonicClock.spin(nanoseconds: UInt64(quarters) * nanosecondsPerQuarter)
        spent.withLock { spent in
            if spent[quarters].count < Self.most { spent[quarters].append(span.ended - span.began) }
        }
    }

    /// How much longer so many quarters really took than none, in the median, in nanoseconds.
    package func made(quarters: Int) -> Double {
        spent.withLock { spent in
            guard let with = spent[quarters].median, let without = spent[0].median else { return 0 }
            return with - without
        }
    }
}

extension [UInt64] {
    fileprivate var median: Double? { isEmpty ? nil : Double(sorted()[count / 2]) }
}

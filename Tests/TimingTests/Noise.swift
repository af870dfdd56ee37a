import Bytes
import Timing

/// Times such as a busy machine makes: a drifting level that a tuple shares, a skewed noise of each request, and stalls.
struct Noise {
    var generator: SeededGenerator
    private var level = 0.0

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func uniform() -> Double { Double.random(in: 0..<1, using: &generator) }

    mutating func advance() { level = 0.9 * level + 4000 * (uniform() - 0.5) }

    mutating func time() -> Double {
        let skewed = 300 * (1 / (1 - uniform() * 0.98) - 1)
        let stall = uniform() < 0.002 ? 1_000_000 * uniform() : 0
        return (20_000 + level + skewed + stall).rounded()
    }
}

extension Samples {
    /// Samples with a known effect of each class, in nanoseconds.
    static func simulated(
        _ experiment: Experiment, tuples: Int, seed: UInt64, effect: (RequestClass) -> Double = { _ in 0 }
    ) -> Samples {
        var (noise, samples) = (Noise(seed: seed), Samples(experiment))
        for _ in 0..<tuples { samples.add(.simulated(experiment, &noise, effect: effect)) }
        return samples
    }
}

extension Tuple {
    static func simulated(
        _ experiment: Experiment, _ noise: inout Noise, effect: (RequestClass) -> Double
    ) -> Tuple {
        noise.advance()
        let count = experiment.classes.count
        let order = (0..<count).shuffled(using: &noise.generator)
        var tuple = Tuple(
            nanoseconds: [Double](repeating: 0, count: count), delays: [Double](repeating: 25, count: count),
            slots: [Int](repeating: 0, count: count),
            answers: [TimedExchange.Answer](
                repeating: TimedExchange.Answer(.rejected, status: 401, headBytes: 100, bodyBytes: 20), count: count))
        for (slot, index) in order.enumerated() {
            tuple.nanoseconds[index] = noise.time() + effect(experiment.classes[index])
            tuple.slots[index] = slot
        }
        return tuple
    }
}

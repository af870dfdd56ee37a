internal import Bytes

/// The times of all tuples of one run.
package struct Samples: Sendable {
    /// The classes and contrasts.
    package let experiment: Experiment
    /// The times of each class, tuple by tuple, in nanoseconds.
    package private(set) var times: [[Double]]
    /// The sum of the times in each place of the order, and of the delays of the delayed class over the reference's.
    private var slotSums: [Double]
    private var delays: [Double] = []
    /// How often a class and the reference got two different answers in one tuple, for each class.
    private var unlike: [[AnswerPair: Int]]
    /// How many answers read as accepted.
    package private(set) var accepted = 0
    /// How many answers are neither acceptance nor rejection.
    package private(set) var undecided = 0

    /// Creates an empty list.
    package init(_ experiment: Experiment) {
        self.experiment = experiment
        let count = experiment.classes.count
        times = Array(repeating: [], count: count)
        slotSums = Array(repeating: 0, count: count)
        unlike = Array(repeating: [:], count: count)
    }

    /// How many tuples there are.
    package var count: Int { times[0].count }

    /// Adds a tuple.
    package mutating func add(_ tuple: Tuple) {
        for index in times.indices {
            times[index].append(tuple.nanoseconds[index])
            slotSums[tuple.slots[index]] += tuple.nanoseconds[index]
            switch tuple.answers[index].reading {
            case .accepted: accepted += 1
            case .other: undecided += 1
            case .rejected, .limited: break
            }
        }
        delays.append(tuple.delays[experiment.delayedClass] - tuple.delays[0])
        let reference = tuple.answers[0]
        for index in times.indices where tuple.answers[index] != reference {
            unlike[index][AnswerPair(probe: tuple.answers[index], reference: reference), default: 0] += 1
        }
    }

    /// Returns the differences of a contrast, one for each tuple.
    package func differences(_ contrast: Contrast) -> [Double] {
        let weighted = contrast.weights.enumerated().filter { $0.element != 0 }
        return (0..<count).map { tuple in
            weighted.reduce(0) { $0 + $1.element * times[$1.offset][tuple] }
        }
    }

    /// The delay that was really made, in nanoseconds: a busy wait ends at the first look at the clock after its time.
    package var appliedDelay: Double { delays.isEmpty ? 0 : Series.median(ofSorted: delays.sorted()) }

    /// The mean time of each place in the order, in nanoseconds.
    package var slotMeans: [Double] { slotSums.map { count > 0 ? $0 / Double(count) : 0 } }

    /// The class whose answers differ from the reference's more often than chance allows; `nil` when there is none. If
    /// the class does not matter, the two get each pair of answers in one order as often as in the other.
    package var classWithOtherAnswers: RequestClass? {
        experiment.classes.indices.first { index in
            unlike[index].contains { pair, count in
                SignTest.probability(positive: count, negative: unlike[index][pair.exchanged] ?? 0) < 1e-6
            }
        }.map { experiment.classes[$0] }
    }

    /// The smallest step of the clock that the times show, in nanoseconds; `nil` when all are equal.
    package var clockStep: Double? {
        let sorted = times.joined().sorted()
        return zip(sorted.dropFirst(), sorted).lazy.map { $0 - $1 }.filter { $0 > 0 }.min()
    }

    /// Returns these times with a random part of the clock's step added to each: on a coarse clock, most differences
    /// would otherwise be multiples of the step, and a smaller effect invisible.
    package func dithered(seed: UInt64) -> Samples {
        guard let step = clockStep, step > 0.5 else { return self }
        var (copy, generator) = (self, SeededGenerator(seed: seed))
        for index in times.indices {
            for place in times[index].indices {
                copy.times[index][place] += .random(in: -step / 2...step / 2, using: &generator)
            }
        }
        return copy
    }
}

/// The answers to a class and to the reference in one tuple.
private struct AnswerPair: Hashable {
    let probe: TimedExchange.Answer
    let reference: TimedExchange.Answer

    /// The same answers in the other order.
    var exchanged: AnswerPair { AnswerPair(probe: reference, reference: probe) }
}

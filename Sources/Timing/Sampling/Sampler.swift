internal import Bytes
internal import Platform

/// Sends tuples and measures their times.
///
/// All requests of a tuple are made before the first byte is sent, in an order of their own, so that nothing that depends
/// on a class runs while its time is measured. The memory of a request belongs to its place in the tuple, not to its
/// class.
final class Sampler {
    /// Makes a request of a class, by its index.
    typealias Maker = (_ index: Int, inout SeededGenerator) -> [UInt8]

    /// Why a tuple does not count.
    enum Loss: Error, Hashable {
        /// A request got no whole answer.
        case unanswered
        /// A connection was opened or closed within the tuple.
        case connection
        /// The requests of the classes have different lengths, so that more than a comparison differs.
        case lengths
        /// The subject limits the rate of requests.
        case limited
    }

    private let session: any TimedSession
    private let experiment: Experiment
    private let pace: SamplingPace
    private let make: Maker
    private var generator: SeededGenerator
    private var lastStart: UInt64 = 0
    private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 0, alignment: 64)

    /// How long the delayed class waits, in nanoseconds.
    var delay: UInt64 = 0
    /// How many requests were sent.
    private(set) var requests = 0

    init(
        session: any TimedSession, experiment: Experiment, pace: SamplingPace, seed: UInt64, make: @escaping Maker
    ) {
        self.session = session
        self.experiment = experiment
        self.pace = pace
        self.make = make
        generator = SeededGenerator(seed: seed)
    }

    deinit { memory.deallocate() }

    /// Sends one tuple.
    func next() -> Result<Tuple, Loss> {
        let count = experiment.classes.count
        let order = Array(0..<count).shuffled(using: &generator)
        guard let length = prepare(order) else { return .failure(.lengths) }
        var tuple = Tuple(
            nanoseconds: [Double](repeating: 0, count: count), delays: [Double](repeating: 0, count: count),
            slots: [Int](repeating: 0, count: count), answers: [])
        var answers = [TimedExchange.Answer?](repeating: nil, count: count)
        var loss: Loss?
        for (slot, index) in order.enumerated() {
            let request = UnsafeRawBufferPointer(rebasing: memory[slot * length..<(slot + 1) * length])
            let delay = index == experiment.delayedClass ? delay : 0
            keepPace()
            let exchange = session.time(request, delay: delay)
            requests += 1
            tuple.nanoseconds[index] = Double(exchange.nanoseconds)
            tuple.delays[index] = Double(exchange.delay)
            tuple.slots[index] = slot
            answers[index] = exchange.answer
            guard let answer = exchange.answer else { return .failure(.unanswered) }
            if answer.reading == .limited { return .failure(.limited) }
            if exchange.isAtEdge { loss = .connection }
        }
        if let loss { return .failure(loss) }
        tuple.answers = answers.compactMap(\.self)
        return .success(tuple)
    }

    /// Writes all requests of a tuple to memory, each at its place.
    ///
    /// - Returns: the length of each; `nil` when they differ.
    private func prepare(_ order: [Int]) -> Int? {
        var length: Int?
        for slot in order.indices.shuffled(using: &generator) {
            let request = make(order[slot], &generator)
            guard request.count == length ?? request.count, !request.isEmpty else { return nil }
            length = request.count
            if memory.count < request.count * order.count {
                memory.deallocate()
                memory = .allocate(byteCount: request.count * order.count, alignment: 64)
            }
            UnsafeMutableRawBufferPointer(rebasing: memory[(slot * request.count)...]).copyBytes(from: request)
        }
        return length
    }

    /// Lets the subject come to rest, and keeps to the highest rate.
    private func keepPace() {
        if pace.interval > 0 {
            let due = lastStart &+ pace.interval
            let now = MonotonicClock.nanoseconds()
            if due > now { MonotonicClock.pause(.nanoseconds(Int64(clamping: due - now))) }
        }
        lastStart = MonotonicClock.spin(nanoseconds: pace.gap).ended
    }
}

/// The time between requests.
package struct SamplingPace: Sendable, Hashable {
    /// The rest before each request, in nanoseconds. A server is still busy with its last answer when that arrives, and
    /// would hide a delay.
    package var gap: UInt64
    /// The least time from one request to the next, in nanoseconds.
    package var interval: UInt64

    /// Creates a pace.
    package init(gap: UInt64, interval: UInt64 = 0) {
        self.gap = gap
        self.interval = interval
    }
}

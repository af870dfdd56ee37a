/// The times of one request of every class, sent in a random order.
package struct Tuple: Sendable {
    /// The time of each class, in nanoseconds.
    package var nanoseconds: [Double]
    /// The delay before each class was handed over, in nanoseconds.
    package var delays: [Double]
    /// The place of each class in the order of sending.
    package var slots: [Int]
    /// The answer to each class.
    package var answers: [TimedExchange.Answer]

    /// Creates a tuple.
    package init(nanoseconds: [Double], delays: [Double], slots: [Int], answers: [TimedExchange.Answer]) {
        self.nanoseconds = nanoseconds
        self.delays = delays
        self.slots = slots
        self.answers = answers
    }
}

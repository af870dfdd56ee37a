package import Transport

/// One attempt at a delivery, as the receiver saw it.
package struct Arrival: Sendable {
    /// When its head had arrived, in seconds of the receiver's clock since it began to listen.
    package let time: Double
    /// The same moment in Unix seconds.
    package let unixTime: Int64
    /// The request, byte for byte.
    package let request: HTTPRequest
    /// How it was answered.
    package let answer: StagedAnswer
    /// For how many seconds the sender kept the connection open, of an answer that does not end; `nil` when it still
    /// did when the watch ended, and for every other answer.
    package var held: Double?
    /// How many bytes of an endless body the sender took.
    package var taken = 0

    /// Creates an arrival.
    package init(time: Double, unixTime: Int64, request: HTTPRequest, answer: StagedAnswer) {
        self.time = time
        self.unixTime = unixTime
        self.request = request
        self.answer = answer
    }
}

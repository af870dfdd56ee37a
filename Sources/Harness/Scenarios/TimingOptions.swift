package import Catalogue
package import Timing

/// What a user says about the measuring of times.
package struct TimingOptions: Sendable {
    /// The effect that matters, in nanoseconds: 0 for none, `nil` for the usual one of the place.
    package var threshold: Double?
    /// The most requests of one measurement; `nil` for the cap of the place.
    package var budget: Int?
    /// Whether times are what the run is for: otherwise none are measured over networks on which they show nothing.
    package var isAsked = false
    /// Whether every class is made as the reference is, so that any effect is a false alarm.
    package var comparesTheSame = false
    /// Called now and then.
    package var progress: @Sendable (TimedQuestion, Measurement.Progress) -> Void = { _, _ in }
    /// Called with each tuple that counts, with the number of its run.
    package var record: @Sendable (TimedQuestion, _ run: Int, Tuple) -> Void = { _, _, _ in }

    /// Creates the usual options.
    package init() {}
}

package import Platform

/// What makes a sender send an event.
package struct Trigger: Sendable {
    /// Whether it takes the URL to send to; otherwise the sender has one fixed URL, and deliveries come one by one.
    package let takesURL: Bool
    /// Whether it takes the text of the event.
    package let takesText: Bool
    /// Makes the sender send one event. It may return before the delivery arrives, and returns when it is stopped.
    package let pull: @Sendable (Event, _ until: StopSignal) throws -> Void

    /// Creates a trigger.
    package init(takesURL: Bool, takesText: Bool, pull: @escaping @Sendable (Event, _ until: StopSignal) throws -> Void)
    {
        self.takesURL = takesURL
        self.takesText = takesText
        self.pull = pull
    }

    /// One event.
    package struct Event: Sendable, Hashable {
        /// Where it is to be delivered.
        package let url: String
        /// A name that no other event has.
        package let name: String
        /// The text that it is to contain.
        package let text: String

        /// Creates an event.
        package init(url: String, name: String, text: String) {
            self.url = url
            self.name = name
            self.text = text
        }
    }

    /// Why a trigger did not work, in one line.
    package struct Failure: Error, Sendable, Hashable {
        /// What happened.
        package let reason: String
        /// The last line that the trigger printed, which may hold anything; empty when it printed none.
        package let output: [UInt8]

        /// Creates a failure.
        package init(_ reason: String, output: [UInt8] = []) {
            self.reason = reason
            self.output = output
        }
    }
}

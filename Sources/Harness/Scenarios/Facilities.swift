package import Platform
package import ReportModel
package import Schemes
package import Subjects
package import Transport

/// What a user gave so that cases can observe effects and do more than send requests.
package struct Facilities: Sendable {
    /// Where the effects of requests can be seen.
    package var observer: ObserverSource?
    /// How the secret of the target is replaced.
    package var rotation: RotationSource?
    /// Another bridge of the same kind.
    package var second: SecondBridge?
    /// The admin interface of the scheme's document.
    package var admin: AdminInterface?
    /// The key set that the target may fetch.
    package var keySet: KeySetServer?
    /// Whether cases that wait are skipped.
    package var skipsSlow = false
    /// Time limits and TLS settings for side channels.
    package var options = ClientOptions()

    /// The environment variables that hold secrets; commands of the user's do not see them.
    package var secretVariables: Set<String> = []

    /// Creates facilities with nothing given.
    package init() {}

    /// What was given.
    package var given: Set<Facility> {
        Set(
            Facility.allCases.filter { facility in
                switch facility {
                case .effects: observer != nil
                case .rotation: rotation != nil
                case .secondBridge: second != nil
                case .administration: admin != nil
                case .keySet: keySet != nil
                case .eventText, .authority, .secondRegistration, .internalAddresses: false
                }
            })
    }
}

/// Where effects can be observed: a number of effects, or a list with an entry for each.
package enum ObserverSource: Sendable {
    /// An address that answers with JSON, and a JSON pointer (RFC 6901) into it.
    case channel(any SideChannel, pointer: String)
    /// A command that prints the same.
    case command(String)
}

/// How the secret is replaced.
package enum RotationSource: Sendable {
    /// A POST to an address, with a bearer token if there is one; a JSON pointer to the new secret in the answer.
    case channel(any SideChannel, pointer: String, token: [UInt8]?)
    /// A command that prints the new secret.
    case command(String)
    /// The user replaces it and types the new secret; `nil` when nothing was typed.
    case prompt(@Sendable (StopSignal) -> [UInt8]?)
    /// The call of the scheme's admin interface.
    case admin
}

/// Another bridge, and what signs its requests.
package struct SecondBridge: Sendable {
    /// Where its requests go.
    package var subject: any Subject
    /// What signs them.
    package var secret: Secret
    /// Where its effects can be seen.
    package var observer: ObserverSource?

    /// Creates a bridge.
    package init(subject: any Subject, secret: Secret, observer: ObserverSource? = nil) {
        self.subject = subject
        self.secret = secret
        self.observer = observer
    }
}

/// The admin interface of a scheme's document.
package struct AdminInterface: Sendable {
    /// The address of its bridges, under which each has its id.
    package var channel: any SideChannel
    /// The bearer token that authorises calls.
    package var token: [UInt8]

    /// Creates an interface.
    package init(channel: any SideChannel, token: [UInt8]) {
        self.channel = channel
        self.token = token
    }
}

public import Catalogue
public import Schemes
public import Transport

/// What a user gave so that cases can see what the target did, and do more than send requests.
public struct Facilities: Sendable {
    /// Where the effects of requests can be seen.
    public var observer: ObserverSource?
    /// How the secret of the target is replaced.
    public var rotation: RotationSource?
    /// Another bridge of the same kind.
    public var second: SecondBridge?
    /// The admin interface of the scheme's document.
    public var admin: AdminInterface?
    /// The set of keys that the target may fetch.
    public var keySet: KeySetServer?
    /// Whether cases that wait are left out.
    public var skipsSlow = false
    /// Time limits and TLS for everything that is asked beside the target.
    public var options = ClientOptions()

    /// Gives nothing.
    public init() {}

    /// Tells whether something was given.
    public func has(_ facility: Facility) -> Bool {
        switch facility {
        case .effects: observer != nil
        case .rotation: rotation != nil
        case .secondBridge: second != nil
        case .administration: admin != nil
        case .keySet: keySet != nil
        }
    }
}

/// Where effects can be seen. What it gives is a number of effects, or a list with an entry for each.
public enum ObserverSource: Sendable {
    /// An address that answers with JSON, and a JSON pointer (RFC 6901) into it.
    case url(TargetURL, pointer: String)
    /// A command that prints it.
    case command(String)
}

/// How a secret is replaced.
public enum RotationSource: Sendable {
    /// A POST to an address, with a bearer token if there is one; a JSON pointer to the new secret in the answer.
    case url(TargetURL, pointer: String, token: [UInt8]?)
    /// A command that prints the new secret.
    case command(String)
    /// The user does it and types the new secret; `nil` when nothing was typed.
    case prompt(@Sendable () -> [UInt8]?)
    /// The call of the scheme's admin interface.
    case admin
}

/// Another bridge, and what signs its requests.
public struct SecondBridge: Sendable {
    /// Where its requests go.
    public var target: any Target
    /// What signs them.
    public var secret: Secret
    /// Where its effects can be seen.
    public var observer: ObserverSource?

    /// Creates a bridge.
    public init(target: any Target, secret: Secret, observer: ObserverSource? = nil) {
        self.target = target
        self.secret = secret
        self.observer = observer
    }
}

/// The admin interface of a scheme's document.
public struct AdminInterface: Sendable {
    /// The address of its bridges, under which each has its id.
    public var url: TargetURL
    /// What authorizes calls, as a bearer token.
    public var token: [UInt8]

    /// Creates an access.
    public init(url: TargetURL, token: [UInt8]) {
        self.url = url
        self.token = token
    }
}

public import Schemes

/// One recipe: a control, a probe that differs from it in one way, and what must come back.
public struct Case: CaseDescription {
    /// The stable, path-like name: family and name.
    public let id: String
    /// What a sound endpoint does, in one sentence.
    public let title: String
    /// The most that is asked. A scheme whose document says less, asks less: see `level(in:)`.
    public let ceiling: Level
    /// What it is about; the scheme's clauses on it are those that a failure breaks.
    public let topic: Topic
    /// How bad a failure is.
    public let severity: Severity
    /// The kinds of weakness (CWE numbers).
    public let cwe: [Int]
    /// The entries of the flaw catalogue that it covers, such as `E07`.
    public let covers: [String]
    /// What a scheme must have for the case to make sense.
    public let needs: [Need]
    /// The only aspects of the request in which the probe differs from its control.
    public let changes: Change
    /// What must come back.
    public let expectation: Expectation
    /// Why it matters.
    public let why: String
    /// How to mend a failure.
    public let fix: String
    /// The smallest profile that runs it.
    public let profile: Profile
    /// Why it stays although no flaw of the reference endpoint needs it to be caught; `nil` for every other case.
    public var keptFor: Keeping? { reasonToKeep ?? KeptCases.reasons[id] }

    private let reasonToKeep: Keeping?
    private let control: @Sendable (inout Draft) -> Void
    private let probe: @Sendable (inout Draft) -> Void

    /// Creates a case. The closures are recipes: they change the draft of a valid request.
    public init(
        _ id: String, _ ceiling: Level, _ topic: Topic, _ severity: Severity, covers: [String], cwe: [Int],
        needs: [Need] = [], changes: Change, _ title: String, why: String, fix: String, expect: Expectation,
        profile: Profile = .standard, keptFor: Keeping? = nil,
        control: @escaping @Sendable (inout Draft) -> Void = { _ in },
        probe: @escaping @Sendable (inout Draft) -> Void
    ) {
        self.id = id
        self.ceiling = ceiling
        self.topic = topic
        self.severity = severity
        self.covers = covers
        self.cwe = cwe
        self.needs = needs
        self.changes = changes
        self.title = title
        self.why = why
        self.fix = fix
        expectation = expect
        self.profile = profile
        reasonToKeep = keptFor
        self.control = control
        self.probe = probe
    }

    /// Gives the control of the case, signed.
    public func controlRequest(_ context: RequestContext) -> SignedRequest {
        var draft = Draft(context)
        control(&draft)
        return draft.signedRequest()
    }

    /// Gives the probe of the case, signed: the control with the one change.
    public func probeRequest(_ context: RequestContext) -> SignedRequest {
        var draft = Draft(context)
        control(&draft)
        probe(&draft)
        return draft.signedRequest()
    }
}

/// How much a case asks: the scheme's documentation says so, hardening, worth knowing.
public enum Level: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Worth knowing.
    case may
    /// Hardening.
    case should
    /// The scheme's documentation says so, or it follows.
    case must

    /// Orders by how much is asked.
    public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .may: 0
        case .should: 1
        case .must: 2
        }
    }

    /// Gives how much a scheme's document asks on a topic, with this as the most.
    func asked(on topic: Topic, by scheme: Scheme) -> Level {
        let said = scheme.clauses(on: topic).map(\.level)
        if said.contains(.open) || said.contains(.may) { return .may }
        return min(self, said.contains(.must) || topic == .transport ? .must : .should)
    }
}

/// How bad a failure is.
public enum Severity: String, Sendable, Hashable, CaseIterable {
    /// Anyone can forge.
    case critical
    /// A forgery under conditions that an attacker meets.
    case high
    /// A weakened defence.
    case medium
    /// A small weakness, or one that needs another.
    case low
    /// Nothing is broken.
    case info
}

/// How much is run.
public enum Profile: String, Sendable, Hashable, CaseIterable, Comparable {
    /// The dozen that find most.
    case smoke
    /// Everything that is quick and harmless.
    case standard
    /// The slow and the heavy too.
    case audit

    /// Orders by how much is run.
    public static func < (left: Profile, right: Profile) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .smoke: 0
        case .standard: 1
        case .audit: 2
        }
    }
}

/// Why a case stays although no flaw of the reference endpoint needs it to be caught.
public enum Keeping: Sendable, Hashable {
    /// A valid shape that real senders use and real endpoints have refused.
    case interop(String)
    /// A defect that was seen in a real endpoint and can't be shown by the reference endpoint.
    case regression(String)

    /// The reason in words.
    public var reason: String {
        switch self {
        case .interop(let reason): "interop: \(reason)"
        case .regression(let reason): "regression: \(reason)"
        }
    }
}

internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

/// What comes before the cases: is the target there, does it accept a valid request, how is its clock, what does the
/// path deliver?
struct Preflight {
    let exchanger: Exchanger
    let deliveries: DeliveryMaker
    let scheme: Scheme
    let environment: RunEnvironment

    private var clock: RunClock { environment.clock }
    private var steadiness: Steadiness { environment.steadiness }

    /// What was learnt.
    struct Findings {
        var measurements = Measurements()
        /// Whether the target's `Date` runs as fast as the run's clock.
        var dateRunsAlong = true
        /// Why the run can't begin; `nil` when it can.
        var cause: Cause?
        /// The last valid request and its answer, as the evidence of an obstacle.
        var last: Exchanger.Sent?
    }

    /// A target that answers at random must be told from one that refuses everything, so a refusal is tried again.
    private static let attempts = 5
    private static let attemptsAtFeature = 3

    func run() -> Findings {
        var findings = Findings()
        var estimate = ClockEstimate(clock)
        // The first refusal at each correction.
        var refused: [Int64: Exchanger.Sent] = [:]
        for attempt in 0..<Self.attempts {
            // `Date` is only a hint, and may be wrong where the endpoint's clock is right: they take turns.
            deliveries.clockOffset = attempt.isMultiple(of: 2) && !isAccelerated ? 0 : estimate.correction
            let sent = sendControl { _ in }
            estimate.add(sent)
            findings.last = sent
            if sent.isAccepted { break }
            if sent.observation == .rejected, refused[deliveries.clockOffset] == nil {
                refused[deliveries.clockOffset] = sent
            }
            if sent.observation == nil || sent.observation == .silent || sent.isLimited { break }
        }
        if isAccelerated, let last = findings.last, last.observation != nil {
            findings.dateRunsAlong = dateRunsAlong(since: last)
        }
        guard let last = findings.last, last.isAccepted else {
            findings.cause = findings.last.map { $0.isLimited ? .limited($0.summary) : .validRequest($0.summary) }
            findings.measurements.clock = estimate.offset
            return findings
        }
        if let first = refused[deliveries.clockOffset] { steadiness.refusedAtFirst(first) }
        findings.measurements.clock = estimate.offset
        if isAccelerated || deliveries.clockOffset == 0 && isBorneOut(estimate.correction) {
            deliveries.clockOffset = estimate.correction
        }
        for feature in TransportFeature.allCases where !feature.isTriedLate {
            let sent = send(feature)
            estimate.add(sent)
            findings.measurements.transport[feature] = sent.isAccepted ? .delivered : .refused(sent.summary)
            if sent.isMissing, sendControl({ _ in }).isMissing, sendControl({ _ in }).isMissing,
                !environment.outages.investigate(since: environment.outages.count, environment)
            {
                findings.cause = .validRequest(sent.summary)
                findings.last = sent
                return findings
            }
            environment.outages.survived(in: Self.thread)
        }
        learnRefusals()
        findings.measurements.clock = estimate.offset
        if estimate.offset == nil { findings.measurements.failed.insert(.clock) }
        return findings
    }

    /// A target's accelerated clock is long past ours when the run begins, and only `Date` tells it.
    private var isAccelerated: Bool { clock.speed != 1 }

    /// Whether `Date` came closer to the accelerated clock than to ours since an answer. It has whole seconds, so the two
    /// are given the time to differ by several.
    private func dateRunsAlong(since first: Exchanger.Sent) -> Bool {
        let start = clock.nanoseconds
        clock.pause(.seconds(4 / (clock.speed - 1)))
        let second = sendControl { _ in }
        let passed = Double(clock.nanoseconds - start) / 1e9
        guard let before = first.date, let after = second.date else { return second.observation == nil }
        let seconds = Double(after - before)
        return abs(seconds - passed * clock.speed) < abs(seconds - passed)
    }

    /// Whether the endpoint judges timestamps by the clock of its `Date`. That moves the old edge of its window on our
    /// clock: a request between the two places of the edge is accepted at one of them only. Where no window is
    /// documented, and for differences that no case notices, our own clock is good enough.
    private func isBorneOut(_ correction: Int64) -> Bool {
        // By the clock of a `Date` further ahead than the window, the request that was accepted is too old.
        guard let past = scheme.freshness?.past, abs(correction) >= Self.noticed, correction <= past else {
            return false
        }
        let sent = sendControl { $0.timestamp = $0.stamp(after: correction / 2 - past) }
        return sent.isAccepted == (correction < 0)
    }

    /// The least difference of the clocks that matters, in seconds.
    private static let noticed: Int64 = 4

    /// What a path does not deliver, it does not deliver again; an accident of the moment is told from it.
    private func send(_ feature: TransportFeature) -> Exchanger.Sent {
        let first = sendSuspect(feature)
        guard first.observation == .rejected else { return first }
        for _ in 1..<Self.attemptsAtFeature {
            let sent = sendControl { $0.use(feature) }
            guard sent.isAccepted else { continue }
            steadiness.refusedAtFirst(first)
            return sent
        }
        return first
    }

    /// Finds out whether wrong signatures are always answered with something that is no refusal by itself.
    private func learnRefusals() {
        var answers = [Exchanger.Sent]()
        for number in 0..<Self.attemptsAtFeature {
            let request = Sentinels.wrongSignature(
                deliveries.next(), seed: environment.configuration.seed &+ UInt64(number))
            answers.append(exchanger.send(request, mayBeRefused: true))
            if answers[number].observation == .rejected || answers[number].observation == .accepted { return }
        }
        // A target that is gone has no habits.
        if sendControl({ _ in }).isAccepted { environment.refusalHabit.learn(from: answers) }
    }

    /// Sends a request that the target may not survive.
    private func sendSuspect(_ feature: TransportFeature) -> Exchanger.Sent {
        let make = { @Sendable [deliveries] in
            var draft = Draft(deliveries.next())
            draft.use(feature)
            return draft.signedRequest()
        }
        environment.outages.sends(Outages.Suspect(.feature(feature), request: make), in: Self.thread)
        let sent = exchanger.send(make())
        environment.outages.got(sent, in: Self.thread)
        return sent
    }

    /// The number of this thread where lanes have theirs.
    private static let thread = -1

    private func sendControl(_ edit: (inout Draft) -> Void) -> Exchanger.Sent {
        var draft = Draft(deliveries.next())
        edit(&draft)
        return exchanger.send(draft.signedRequest())
    }
}

extension Exchanger.Sent {
    /// The `Date` of the answer, in Unix seconds.
    fileprivate var date: Int64? { observed.answer?.headers.first(named: "Date").flatMap(HTTPDate.parse) }
}

extension Draft {
    /// Puts something unusual, but valid, into a request.
    mutating func use(_ feature: TransportFeature) {
        switch feature {
        case .duplicateHeaders:
            onTheWire {
                $0.headers.append("X-Countersign-Probe", Array("one".utf8))
                $0.headers.append("X-Countersign-Probe", Array("two".utf8))
            }
        case .oddCase: onTheWire { $0.headers.append("x-CoUnTeRsIgN-pRoBe", Array("odd case".utf8)) }
        case .nonASCIIBytes: onTheWire { $0.headers.append("X-Countersign-Probe", [0xC3, 0xA9, 0xE9]) }
        case .chunkedBody: framing = .chunked(size: 64)
        case .trailers: onTheWire { $0.chunkByHand(extensions: "", trailers: "X-Countersign-Probe: after\r\n") }
        case .headerBlock2KiB, .headerBlock4KiB, .headerBlock8KiB, .headerBlock16KiB:
            onTheWire { request in
                let lacking =
                    (feature.headerBytes ?? 0) - request.headers.lineBytes - "X-Countersign-Probe: \r\n".utf8.count
                request.headers.append("X-Countersign-Probe", [UInt8](repeating: 0x61, count: max(0, lacking)))
            }
        case .malformedLines: onTheWire { $0.headers.append("X-Countersign-Probe", [0x61, 0x00, 0x62]) }
        case .body128KiB, .body1MiB:
            // Space after a document belongs to no value, in JSON as in a form's last field.
            body += [UInt8](repeating: 0x20, count: max(0, (feature.bodyBytes ?? 0) - body.count))
        case .getMethod, .headMethod, .putMethod, .patchMethod, .deleteMethod, .optionsMethod, .lowerCaseMethod,
            .unknownMethod:
            method = feature.method ?? method
        }
    }
}

extension TransportFeature {
    /// The unusual things that a request uses.
    static func used(by request: HTTPRequest) -> [TransportFeature] {
        let fields = request.headers.fields
        var features = [TransportFeature]()
        let isRepeated = fields.indices.contains { place in
            fields[..<place].contains { ASCII.equalsIgnoringCase($0.name, fields[place].name) }
        }
        if isRepeated { features.append(.duplicateHeaders) }
        if fields.contains(where: { $0.value.contains { $0 >= 0x80 } }) {
            features.append(.nonASCIIBytes)
        }
        if case .chunked = request.framing { features.append(.chunkedBody) }
        let blocks = allCases.filter { $0.headerBytes != nil }
        let size = request.headers.lineBytes
        if size > 1 << 10, let last = blocks.last {
            features.append(blocks.first { size <= $0.headerBytes ?? 0 } ?? last)
        }
        if !request.headers.areWellFormed { features.append(.malformedLines) }
        return features
    }

    /// The method or the length of body that a request has, if it has one that is tried late.
    static func triedLate(of request: HTTPRequest) -> TransportFeature? {
        if let feature = allCases.first(where: { $0.method.map { request.method.elementsEqual($0.utf8) } ?? false }) {
            return feature
        }
        guard request.body.count > longBody else { return nil }
        let bodies = allCases.filter { $0.bodyBytes != nil }
        return bodies.first { request.body.count <= $0.bodyBytes ?? 0 } ?? bodies.last
    }

    /// Everything takes a body of this length.
    private static let longBody = 16 << 10
}

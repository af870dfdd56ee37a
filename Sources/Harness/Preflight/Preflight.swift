internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

/// What comes before the cases: is the target there, does it accept a valid request, how is its clock, what does the
/// path deliver?
struct Preflight {
    let exchanger: Exchanger
    let deliveries: DeliveryMaker
    let clock: RunClock
    let steadiness: Steadiness

    /// What was learnt.
    struct Findings {
        var measurements = Measurements()
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
        var clock = ClockEstimate(clock)
        var refused: Exchanger.Sent?
        for _ in 0..<Self.attempts {
            let sent = sendControl { _ in }
            clock.add(sent)
            findings.last = sent
            if sent.isAccepted { break }
            // Refused for its time, perhaps: the next one is signed at the target's.
            let isCorrected = deliveries.clockOffset != clock.correction
            deliveries.clockOffset = clock.correction
            if sent.observation == .rejected, !isCorrected { refused = sent }
            if sent.observation == nil || sent.observation == .silent || sent.isLimited { break }
        }
        guard let last = findings.last, last.isAccepted else {
            findings.cause = findings.last.map { $0.isLimited ? .limited($0.summary) : .validRequest($0.summary) }
            findings.measurements.clock = clock.offset
            return findings
        }
        if let refused { steadiness.refusedAtFirst(refused) }
        findings.measurements.clock = clock.offset
        deliveries.clockOffset = clock.correction
        for feature in TransportFeature.allCases {
            let sent = send(feature)
            clock.add(sent)
            findings.measurements.transport[feature] = sent.isAccepted ? .delivered : .refused(sent.summary)
        }
        findings.measurements.clock = clock.offset
        if clock.offset == nil { findings.measurements.failed.insert(.clock) }
        return findings
    }

    /// What a path does not deliver, it does not deliver again; an accident of the moment is told from it.
    private func send(_ feature: TransportFeature) -> Exchanger.Sent {
        let first = sendControl { $0.use(feature) }
        guard first.observation == .rejected else { return first }
        for _ in 1..<Self.attemptsAtFeature {
            let sent = sendControl { $0.use(feature) }
            guard sent.isAccepted else { continue }
            steadiness.refusedAtFirst(first)
            return sent
        }
        return first
    }

    private func sendControl(_ edit: (inout Draft) -> Void) -> Exchanger.Sent {
        var draft = Draft(deliveries.next())
        edit(&draft)
        return exchanger.send(draft.signedRequest())
    }
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
        }
    }
}

extension TransportFeature {
    /// The unusual things that a request uses.
    static func used(by request: HTTPRequest) -> [TransportFeature] {
        let names = request.headers.fields.map { $0.name.map(ASCII.lowercased) }
        var features = [TransportFeature]()
        if Set(names).count < names.count { features.append(.duplicateHeaders) }
        if request.headers.fields.contains(where: { $0.value.contains { $0 >= 0x80 } }) {
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
}

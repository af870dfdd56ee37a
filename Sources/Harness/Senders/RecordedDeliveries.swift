internal import Bytes
internal import Catalogue
internal import Schemes
internal import Subjects
internal import Transport

/// Which recorded requests are attempts at the same delivery.
///
/// Requests to one target with one id and one body are, and so are those of which the earlier one failed and the id or
/// the body is the same: what a retry changed is for the cases to judge. Without an id, equal bodies are attempts.
struct RecordedDeliveries {
    /// The attempts at each delivery, in order of arrival.
    private(set) var list: [[RecordedTraffic.Request]] = []

    private struct Key: Hashable {
        let target: [UInt8]
        let part: [UInt8]
    }

    private let scheme: Scheme
    private let rule: DeliveryRule
    /// The latest delivery with an id, and with a body.
    private var byID: [Key: Int] = [:]
    private var byBody: [Key: Int] = [:]
    /// The first deliveries of two events that have one id.
    private(set) var sameID: (first: Int, second: Int)?

    init(_ requests: [RecordedTraffic.Request], scheme: Scheme) {
        self.scheme = scheme
        rule = scheme.deliveryOrDefault
        for request in requests { add(request) }
    }

    /// Whether an attempt failed, so that another one is to be expected.
    static func failed(_ answer: StagedAnswer, _ rule: DeliveryRule) -> Bool {
        if case .status(let status, _, _) = answer { !rule.success.contains(status) } else { true }
    }

    private mutating func add(_ request: RecordedTraffic.Request) {
        let arrived = request.arrival.request
        let id = scheme.eventID(of: arrived).map { Key(target: arrived.target, part: $0) }
        let body = Key(target: arrived.target, part: arrived.body)
        let place = place(id, body)
        if let place {
            list[place].append(request)
        } else {
            if let id, let earlier = byID[id], sameID == nil { sameID = (earlier, list.count) }
            list.append([request])
        }
        let own = place ?? list.count - 1
        if let id { byID[id] = own }
        byBody[body] = own
    }

    private func place(_ id: Key?, _ body: Key) -> Int? {
        if let id, let place = byID[id], let last = list[place].last,
            last.arrival.request.body == body.part || Self.failed(last.arrival.answer, rule)
        {
            return place
        }
        guard let place = byBody[body], let last = list[place].last else { return nil }
        return id == nil || Self.failed(last.arrival.answer, rule) ? place : nil
    }
}

internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Subjects

/// A request of a lane.
struct LaneRequest: Sendable {
    let request: SignedRequest
    /// Makes one like it, with an id of its own unless it is sent again as it is.
    let another: @Sendable () -> SignedRequest

    init(request: SignedRequest, another: @escaping @Sendable () -> SignedRequest) {
        self.request = request
        self.another = another
    }
}

/// Makes the requests of a lane, and counts those of each case, and those of none.
final class LaneRequests {
    private let deliveries: DeliveryMaker
    private let seed: UInt64
    /// What requests are being made for: the lane, or a case.
    private var purpose: String
    /// How many requests were made for each purpose; a case may be run several times.
    private var counts: [String: Int] = [:]

    init(_ deliveries: DeliveryMaker, lane: Int, seed: UInt64) {
        self.deliveries = deliveries
        self.seed = seed
        purpose = "lane\(lane)"
    }

    /// Counts the requests of a closure as those of a case.
    func counting<Result>(for order: CaseOrder, _ body: () -> Result) -> Result {
        let outer = purpose
        purpose = order.name
        defer { purpose = outer }
        return body()
    }

    func plain() -> LaneRequest { request(.plain) { Draft($0).signedRequest() } }

    func control(of testCase: Case, _ probe: Probe) -> LaneRequest {
        request(.control(of: testCase.info.id), by: probe.controlRequest)
    }

    func probe(of testCase: Case, _ probe: Probe) -> LaneRequest {
        request(.probe(of: testCase.info.id), by: probe.probeRequest)
    }

    func wrongSignature() -> LaneRequest {
        request(.wrongSignature) { [seed] in Sentinels.wrongSignature($0, seed: seed) }
    }

    private func request(
        _ recipe: KeptRequests.Key.Recipe, by make: @escaping @Sendable (RequestContext) -> SignedRequest
    ) -> LaneRequest {
        counts[purpose, default: 0] += 1
        let request = deliveries.request(recipe, for: purpose, number: counts[purpose] ?? 0, by: make)
        return LaneRequest(request: request) { [deliveries] in make(deliveries.next()) }
    }
}

internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Subjects

/// Makes the requests of a lane, and counts those of each case, and those of none.
final class LaneRequests {
    private let deliveries: DeliveryMaker
    private let seed: UInt64
    private var ofLane: Count
    private var ofCase: Count?

    /// How many requests were made for a purpose.
    private struct Count {
        let purpose: String
        var requests = 0
    }

    init(_ deliveries: DeliveryMaker, lane: Int, seed: UInt64) {
        self.deliveries = deliveries
        self.seed = seed
        ofLane = Count(purpose: "lane\(lane)")
    }

    /// Counts the requests of a closure as those of a case.
    func counting<Result>(for order: CaseOrder, _ body: () -> Result) -> Result {
        ofCase = Count(purpose: order.name)
        defer { ofCase = nil }
        return body()
    }

    func plain() -> SignedRequest { request(.plain) { Draft($0).signedRequest() } }

    func control(of testCase: Case, _ probe: Probe) -> SignedRequest {
        request(.control(of: testCase.info.id), by: probe.controlRequest)
    }

    func probe(of testCase: Case, _ probe: Probe) -> SignedRequest {
        request(.probe(of: testCase.info.id), by: probe.probeRequest)
    }

    func wrongSignature() -> SignedRequest {
        request(.wrongSignature) { Sentinels.wrongSignature($0, seed: seed) }
    }

    private func request(
        _ recipe: KeptRequests.Key.Recipe, by make: (RequestContext) -> SignedRequest
    ) -> SignedRequest {
        var count = ofCase ?? ofLane
        count.requests += 1
        if ofCase == nil { ofLane = count } else { ofCase = count }
        return deliveries.request(recipe, for: count.purpose, number: count.requests, by: make)
    }
}

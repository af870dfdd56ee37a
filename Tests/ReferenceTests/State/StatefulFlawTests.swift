import Bytes
import Catalogue
import Reference
import ReportModel
import Schemes
import Testing
import Transport

/// What a sound endpoint does in a few requests, and some flaws do not.
struct StatefulCheck: Sendable, CustomTestStringConvertible {
    let name: String
    var scheme = "scaiwave"
    let flaws: [String]
    /// Whether the endpoint of the fixture does so.
    let isSound: @Sendable (EndpointFixture) throws -> Bool
    var testDescription: String { name }

    init(
        _ name: String, at scheme: String = "scaiwave", _ flaws: [String],
        isSound: @escaping @Sendable (EndpointFixture) throws -> Bool
    ) {
        self.name = name
        self.scheme = scheme
        self.flaws = flaws
        self.isSound = isSound
    }

    static let all = replay + rotation + tenancy + lifecycle
}

@Suite("The flaws of an endpoint's memory")
struct StatefulFlawTests {
    @Test("the sound endpoint has none of them", arguments: StatefulCheck.all)
    func sound(check: StatefulCheck) throws { #expect(try check.isSound(EndpointFixture(check.scheme))) }

    @Test("each of them is seen", arguments: StatefulCheck.all)
    func flawed(check: StatefulCheck) throws {
        for id in check.flaws {
            let flaw = try #require(FlawRegistry.named(id), "\(id)")
            #expect(try !check.isSound(EndpointFixture(check.scheme, flaws: [flaw])), "\(id)")
            let name = String(check.name.prefix { $0 != " " && $0 != "," })
            #expect(flaw.isCaught(by: name), "\(id) is not declared to be caught by \(name)")
        }
    }

    @Test("none is without a check")
    func complete() throws {
        // Only the selftest shows that these are caught: they have no check of their own here.
        let bySelftest = [
            "vendor-header-remembered", "query-id-remembered", "id-cut-at-64", "id-cut-at-128", "id-cut-at-255",
            "long-id-crashes", "second-remembered", "refused-type-remembered", "verdict-cached-by-signature",
            "verdict-cached-by-body", "verdict-shared-by-bridges", "every-ninth-unverified",
        ]
        let checked = Set(StatefulCheck.all.flatMap(\.flaws)).union(["check-then-insert"]).union(bySelftest)
        let families = ["replay/", "rotation/", "tenancy/", "lifecycle/"]
        let ids = FlawRegistry.all.filter { flaw in
            flaw.caughtBy.contains { glob in families.contains { glob.pattern.hasPrefix($0) } }
        }.map(\.id)
        #expect(ids.count >= 57)
        #expect(ids.filter { !checked.contains($0) }.isEmpty)
    }

    @Test("looking and storing apart lets copies through that come at once")
    func race() throws {
        let flaw = try #require(FlawRegistry.named("check-then-insert"))
        var effects = 0
        // On a busy machine they do not always come at once.
        for _ in 0..<20 where effects <= 1 {
            let fixture = try EndpointFixture("slack", flaws: [flaw])
            let request = fixture.request()
            atOnce(16) { _ = fixture.status(request) }
            effects = fixture.effects()
            _ = fixture.status(request)
            #expect(fixture.effects() == effects)
        }
        #expect(effects > 1)
    }
}

import Bytes
import Catalogue
import Reference
import ReportModel
import Schemes
import Synchronization
import Testing
import Transport

@Suite("The endpoint's memory")
struct StateTests {
    @Test("every scheme has two bridges, each with its own secret", arguments: SchemeLibrary.names)
    func bridges(name: String) throws {
        let fixture = try EndpointFixture(name)
        #expect(fixture.secret != fixture.secondSecret && fixture.path != fixture.secondPath)
        for payload in fixture.scheme.payloads {
            let path = VectorContext.secondPath(of: payload)
            #expect(path != payload.path)
            let send = { (path: String, secret: Secret) in
                fixture.status(fixture.request("evt_\(payload.id)", secret: secret, path: path, payload: payload.id))
            }
            #expect((200...299).contains(send(payload.path, fixture.secret)))
            #expect((200...299).contains(send(path, fixture.secondSecret)))
            let refusal = fixture.scheme.responses.rejected.status
            #expect(send(payload.path, fixture.secondSecret) == refusal)
            #expect(send(path, fixture.secret) == refusal)
        }
    }

    @Test("every scheme's secret can be replaced, and the old one ends with its grace", arguments: SchemeLibrary.names)
    func rotation(name: String) throws {
        let fixture = try EndpointFixture(name, grace: 40)
        let fresh = try fixture.rotate()
        #expect(fresh != fixture.secret)
        #expect(fixture.opens(fresh) && fixture.opens(fixture.secret))
        #expect(fixture.opens(fixture.secondSecret, fixture.secondPath) && !fixture.opens(fresh, fixture.secondPath))
        fixture.clock.advance(40)
        #expect(fixture.opens(fixture.secret))
        fixture.clock.advance(1)
        #expect(!fixture.opens(fixture.secret) && fixture.opens(fresh))
        let second = try fixture.rotate(fixture.secondPath)
        #expect(fixture.opens(second, fixture.secondPath) && fixture.opens(fixture.secondSecret, fixture.secondPath))
    }

    @Test(
        "the grace is that of the document", arguments: [("scaiwave", 300), ("stripe", 86_400), ("slack", 300)])
    func grace(name: String, seconds: Int64) throws {
        let fixture = try EndpointFixture(name)
        _ = try fixture.rotate()
        fixture.clock.advance(seconds)
        #expect(fixture.opens(fixture.secret))
        fixture.clock.advance(1)
        #expect(!fixture.opens(fixture.secret))
    }

    @Test("a second rotation keeps the previous secret to its own deadline, and drops the one before at once")
    func twice() throws {
        let fixture = try EndpointFixture("scaiwave")
        let first = try fixture.rotate()
        fixture.clock.advance(100)
        let second = try fixture.rotate()
        #expect(fixture.opens(second) && fixture.opens(first) && !fixture.opens(fixture.secret))
        fixture.clock.advance(300)
        #expect(fixture.opens(first))
        fixture.clock.advance(1)
        #expect(!fixture.opens(first) && fixture.opens(second))
    }

    @Test("endless rotation uses bounded memory")
    func endless() throws {
        let fixture = try EndpointFixture("slack", grace: 1000)
        var last = fixture.secret
        for _ in 0..<2000 { last = try fixture.rotate() }
        #expect(fixture.opens(last) && !fixture.opens(fixture.secret))
    }

    @Test("a delivery is remembered for the configured time, and by default while its timestamp can be valid")
    func window() throws {
        for (window, name, remembered): (Int?, String, Int64) in [
            (nil, "scaiwave", 600), (nil, "standard-webhooks", 600), (nil, "github", 600), (60, "slack", 60),
        ] {
            let fixture = try EndpointFixture(name, window: window)
            for (wait, effects): (Int64, Int) in [(0, 1), (remembered, 1), (1, 2)] {
                fixture.clock.advance(wait)
                _ = fixture.deliver("same")
                #expect(fixture.effects() == effects, "\(name) \(wait)")
            }
        }
        let never = try EndpointFixture("scaiwave", window: 0)
        _ = [never.deliver(), never.deliver()]
        #expect(never.effects() == 2)
    }

    @Test("one event sent from sixteen threads at once has one effect")
    func race() throws {
        let fixture = try EndpointFixture("slack")
        for round in 0..<30 {
            let request = fixture.request("evt_race_\(round)")
            atOnce(16) { #expect(fixture.status(request) == 200) }
            #expect(fixture.effects() == round + 1)
        }
    }

    @Test("rotations, pauses and deliveries from many threads never meet half a state")
    func threads() async throws {
        let fixture = try EndpointFixture("scaiwave", grace: 100_000)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    for round in 0..<50 {
                        switch number {
                        case 0: _ = try? fixture.rotate(fixture.secondPath)
                        case 1: _ = fixture.ask("POST", "/v1/admin/bridges/br_second/pause")
                        case 2: _ = fixture.ask("POST", "/v1/admin/bridges/br_second/resume")
                        case 3: _ = try? fixture.create()
                        default: #expect(fixture.deliver("evt_\(number)_\(round)") == 200)
                        }
                    }
                }
            }
        }
        #expect(fixture.effects(at: fixture.path) == 200)
    }

    @Test("the clock is shifted and hurried, and never runs backwards")
    func clock() {
        let wall = TestWall()
        let clock = EndpointClock(offset: -30, speed: 100, wall: { wall.now })
        #expect(clock.seconds() == 1_699_999_970)
        wall.now += 2_500_000_000
        #expect(clock.seconds() == 1_700_000_220)
        wall.now = 0
        #expect(clock.seconds() == 1_699_999_970)
    }
}

/// A system's clock that a test sets.
private final class TestWall: Sendable {
    private let value = Atomic<UInt64>(1_700_000_000_000_000_000)
    var now: UInt64 {
        get { value.load(ordering: .sequentiallyConsistent) }
        set { value.store(newValue, ordering: .sequentiallyConsistent) }
    }
}

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
        let world = try World(name)
        #expect(world.secret != world.secondSecret && world.path != world.secondPath)
        for payload in world.scheme.payloads {
            let path = VectorContext.secondPath(of: payload)
            #expect(path != payload.path)
            let send = { (path: String, secret: Secret) in
                world.status(world.request("evt_\(payload.id)", secret: secret, path: path, payload: payload.id))
            }
            #expect((200...299).contains(send(payload.path, world.secret)))
            #expect((200...299).contains(send(path, world.secondSecret)))
            let refusal = world.scheme.responses.rejected.status
            #expect(send(payload.path, world.secondSecret) == refusal)
            #expect(send(path, world.secret) == refusal)
        }
    }

    @Test("every scheme's secret can be replaced, and the old one ends with its grace", arguments: SchemeLibrary.names)
    func rotation(name: String) throws {
        let world = try World(name, grace: 40)
        let fresh = try world.rotate()
        #expect(fresh != world.secret)
        #expect(world.opens(fresh) && world.opens(world.secret))
        #expect(world.opens(world.secondSecret, world.secondPath) && !world.opens(fresh, world.secondPath))
        world.clock.advance(40)
        #expect(world.opens(world.secret))
        world.clock.advance(1)
        #expect(!world.opens(world.secret) && world.opens(fresh))
        let second = try world.rotate(world.secondPath)
        #expect(world.opens(second, world.secondPath) && world.opens(world.secondSecret, world.secondPath))
    }

    @Test(
        "the grace is that of the document", arguments: [("scaiwave", 300), ("stripe", 86_400), ("slack", 300)])
    func grace(name: String, seconds: Int64) throws {
        let world = try World(name)
        _ = try world.rotate()
        world.clock.advance(seconds)
        #expect(world.opens(world.secret))
        world.clock.advance(1)
        #expect(!world.opens(world.secret))
    }

    @Test("a second rotation keeps the previous secret to its own deadline, and drops the one before at once")
    func twice() throws {
        let world = try World("scaiwave")
        let first = try world.rotate()
        world.clock.advance(100)
        let second = try world.rotate()
        #expect(world.opens(second) && world.opens(first) && !world.opens(world.secret))
        world.clock.advance(300)
        #expect(world.opens(first))
        world.clock.advance(1)
        #expect(!world.opens(first) && world.opens(second))
    }

    @Test("rotating for ever keeps nothing that grows")
    func endless() throws {
        let world = try World("slack", grace: 1000)
        var last = world.secret
        for _ in 0..<2000 { last = try world.rotate() }
        #expect(world.opens(last) && !world.opens(world.secret))
    }

    @Test("a delivery is remembered for as long as it is told to, and by default as its timestamp can stay good")
    func window() throws {
        for (window, name, remembered): (Int?, String, Int64) in [
            (nil, "scaiwave", 600), (nil, "standard-webhooks", 600), (nil, "github", 600), (60, "slack", 60),
        ] {
            let world = try World(name, window: window)
            for (wait, effects): (Int64, Int) in [(0, 1), (remembered, 1), (1, 2)] {
                world.clock.advance(wait)
                _ = world.deliver("same")
                #expect(world.effects() == effects, "\(name) \(wait)")
            }
        }
        let never = try World("scaiwave", window: 0)
        _ = [never.deliver(), never.deliver()]
        #expect(never.effects() == 2)
    }

    @Test("one event sent from sixteen threads at once has one effect")
    func race() throws {
        let world = try World("slack")
        for round in 0..<30 {
            let request = world.request("evt_race_\(round)")
            atOnce(16) { #expect(world.status(request) == 200) }
            #expect(world.effects() == round + 1)
        }
    }

    @Test("rotations, pauses and deliveries from many threads never meet half a state")
    func threads() async throws {
        let world = try World("scaiwave", grace: 100_000)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    for round in 0..<50 {
                        switch number {
                        case 0: _ = try? world.rotate(world.secondPath)
                        case 1: _ = world.ask("POST", "/v1/admin/bridges/br_second/pause")
                        case 2: _ = world.ask("POST", "/v1/admin/bridges/br_second/resume")
                        case 3: _ = try? world.create()
                        default: #expect(world.deliver("evt_\(number)_\(round)") == 200)
                        }
                    }
                }
            }
        }
        #expect(world.effects(at: world.path) == 200)
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

import Bytes
import Catalogue
import Reference
import ReportModel
import Schemes
import Testing
import Transport

/// What a sound endpoint does and some flaws do not, told in a few requests.
struct Story: Sendable, CustomTestStringConvertible {
    let name: String
    var scheme = "scaiwave"
    let flaws: [String]
    /// Whether the endpoint does right.
    let isSound: @Sendable (World) throws -> Bool
    var testDescription: String { name }

    init(
        _ name: String, at scheme: String = "scaiwave", _ flaws: [String],
        isSound: @escaping @Sendable (World) throws -> Bool
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
    @Test("the sound endpoint has none of them", arguments: Story.all)
    func sound(story: Story) throws { #expect(try story.isSound(World(story.scheme))) }

    @Test("each of them is seen", arguments: Story.all)
    func flawed(story: Story) throws {
        for id in story.flaws {
            let flaw = try #require(FlawRegistry.named(id), "\(id)")
            #expect(try !story.isSound(World(story.scheme, flaws: [flaw])), "\(id)")
            let name = String(story.name.prefix { $0 != " " && $0 != "," })
            #expect(flaw.isCaught(by: name), "\(id) is not declared to be caught by \(name)")
        }
    }

    @Test("none is without its story")
    func complete() throws {
        let told = Set(Story.all.flatMap(\.flaws)).union(["check-then-insert"])
        let families = ["replay/", "rotation/", "tenancy/", "lifecycle/"]
        let ids = FlawRegistry.all.filter { flaw in
            flaw.caughtBy.contains { glob in families.contains { glob.pattern.hasPrefix($0) } }
        }.map(\.id)
        #expect(ids.count >= 57)
        #expect(ids.filter { !told.contains($0) }.isEmpty)
    }

    @Test("looking and storing apart lets copies through that come at once")
    func race() throws {
        let flaw = try #require(FlawRegistry.named("check-then-insert"))
        let world = try World("slack", flaws: [flaw])
        let request = world.request()
        atOnce(16) { _ = world.status(request) }
        #expect(world.effects() > 1)
        let effects = world.effects()
        _ = world.status(request)
        #expect(world.effects() == effects)
    }
}

import ReportModel
import Schemes
import Testing

@testable import Diagnosis

@Suite("Recipe space") struct RecipeSpaceTests {
    @Test("Every step has a name of its own", arguments: SchemeLibrary.names)
    func names(scheme: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: scheme))
        var seen = Set<String>()
        for step in RecipeSpace(scheme, url: "https://example.com/hook").steps {
            let name = "\(step.deviation.aspect.rawValue)/\(step.deviation.id)"
            #expect(seen.insert(name).inserted, "\(name) appears twice")
            #expect(!step.deviation.actual.isEmpty)
            #expect(step.weight > 0)
        }
    }

    @Test("A serialiser that is modelled is a step")
    func serialisers() throws {
        let github = try #require(SchemeLibrary.scheme(named: "github"))
        let ids = RecipeSpace(github).bodies.map(\.deviation.id)
        for serialiser in Serialiser.all { #expect(ids.contains(serialiser.id)) }
    }
}

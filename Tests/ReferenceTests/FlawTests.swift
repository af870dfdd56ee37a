import Bytes
import Catalogue
import Reference
import ReportModel
import Schemes
import Testing
import Transport

@Suite("The flaws")
struct FlawTests {
    @Test("have ids of their own, and are many")
    func ids() {
        let ids = FlawRegistry.all.map(\.id)
        #expect(Set(ids).count == ids.count, "\(Dictionary(grouping: ids) { $0 }.filter { $0.value.count > 1 }.keys)")
        #expect(ids.count >= 90)
        for id in ids { #expect(id.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(id)") }
    }

    @Test(
        "have a title and an explanation, and cover entries of the flaw catalogue",
        arguments: FlawRegistry.all.map(\.id))
    func texts(id: String) throws {
        let flaw = try #require(FlawRegistry.named(id))
        #expect(flaw.title.first?.isUppercase == true && flaw.title.hasSuffix("."), "\(flaw.title)")
        #expect(flaw.explanation.hasPrefix("Your endpoint") && flaw.explanation.hasSuffix("."), "\(flaw.explanation)")
        #expect(flaw.title.count < 200 && flaw.explanation.count < 300)
        #expect(!flaw.covers.isEmpty && !flaw.caughtBy.isEmpty)
        for entry in flaw.covers { #expect(Weakness.named(entry) != nil, "\(entry)") }
        #expect(schemes.contains(where: flaw.applies), "it makes sense for no scheme")
    }

    @Test("accept the plain valid request, unless they say otherwise", arguments: SchemeLibrary.all)
    func control(scheme: Scheme) {
        for flaw in FlawRegistry.all where flaw.applies(to: scheme) && !flaw.mayRefuseControl {
            for payload in scheme.usualPayloads {
                let endpoint = vectorEndpoint([scheme], flaws: [flaw])
                let context = VectorContext.context(of: scheme, payload: payload)
                let status = endpoint.answer(Draft(context).signedRequest().request).status ?? 0
                #expect((200...299).contains(status), "\(flaw.id)")
            }
        }
    }

    @Test("decide about any request without ending the process", arguments: FlawRegistry.all.map(\.id))
    func fuzz(id: String) throws {
        let flaw = try #require(FlawRegistry.named(id))
        let endpoint = try sampleEndpoint(flaws: [flaw])
        var random = SeededGenerator(seed: 7)
        for sample in Sample.all {
            for _ in 0..<20 {
                if let status = endpoint.answer(sample.request.mutated(by: &random)).status {
                    #expect((200...599).contains(status))
                }
            }
        }
    }

    @Test("can all be given to one endpoint at once")
    func together() throws {
        let endpoint = try sampleEndpoint(flaws: FlawRegistry.all)
        for sample in Sample.all { _ = endpoint.answer(sample.request) }
        // A path that is not its own is refused, or brings down the flaw that waits for one.
        #expect((400...599).contains(try #require(endpoint.answer(HTTPRequest(target: "/nowhere")).status)))
    }
}

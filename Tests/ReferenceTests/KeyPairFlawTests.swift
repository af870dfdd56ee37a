import Catalogue
import Harness
import Reference
import ReportModel
import Schemes
import Testing

@Suite("Flaws of tokens and of Ed25519")
struct KeyPairFlawTests {
    static let flawed: [(scheme: String, family: String, flaws: [Flaw])] = [
        ("teams-bot", "token", TokenFlaws.all + TokenClaimsFlaws.all), ("discord", "edwards", EdwardsFlaws.all),
    ]

    static let cases = flawed.flatMap { entry in
        schemes.filter { $0.id == entry.scheme }.flatMap(Catalogue.cases)
            .filter { $0.family == entry.family && $0.keptFor == nil && $0.probe != nil }.map(\.id)
    }

    /// An endpoint that verifies nothing is caught by every case, and so proves none of them.
    @Test("each case of theirs is caught by a flaw of theirs", arguments: cases)
    func caught(id: String) throws {
        let testCase = try #require(Catalogue.named(id))
        let probe = try #require(testCase.probe)
        let entry = try #require(Self.flawed.first { $0.family == testCase.family })
        let scheme = try #require(SchemeLibrary.scheme(named: entry.scheme))
        let catching = entry.flaws.filter { flaw in
            judgement(of: probe, scheme, vectorEndpoint([scheme], flaws: [flaw]))?.impact != nil
        }
        #expect(!catching.isEmpty)
    }

    /// A declaration that a flaw does not keep would be a claim that nobody checks.
    @Test("each is caught by every kind of case it declares", arguments: flawed.flatMap(\.flaws).map(\.id))
    func declared(id: String) throws {
        let flaw = try #require(FlawRegistry.named(id))
        let scheme = try #require(schemes.first(where: flaw.applies))
        let endpoint = vectorEndpoint([scheme], flaws: [flaw])
        for pattern in flaw.caughtBy {
            let isCaught = Catalogue.cases(for: scheme).contains { testCase in
                guard pattern.matches(testCase.id), let probe = testCase.probe else { return false }
                return judgement(of: probe, scheme, endpoint)?.impact != nil
            }
            #expect(isCaught, "\(pattern.pattern)")
        }
    }
}

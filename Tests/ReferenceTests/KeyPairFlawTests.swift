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

    /// The probes that these flaws declare and those of their families, by scheme and case. An RSA signature takes as
    /// long as hundreds of verifications, so each is made once.
    private static let signed: [String: [(id: String, probe: SignedProbe)]] = Dictionary(
        uniqueKeysWithValues: flawed.compactMap { entry -> (String, [(id: String, probe: SignedProbe)])? in
            guard let scheme = SchemeLibrary.scheme(named: entry.scheme) else { return nil }
            let wanted = Catalogue.cases(for: scheme).filter { testCase in
                testCase.family == entry.family || entry.flaws.contains { $0.isCaught(by: testCase.id) }
            }
            let probes = wanted.compactMap { testCase in
                testCase.probe.map { (testCase.id, SignedProbe($0, of: scheme)) }
            }
            return (scheme.id, probes)
        })

    /// An endpoint that verifies nothing is caught by every case, and so proves none of them.
    @Test("each case of theirs is caught by a flaw of theirs", arguments: cases)
    func caught(id: String) throws {
        let testCase = try #require(Catalogue.named(id))
        let entry = try #require(Self.flawed.first { $0.family == testCase.family })
        let scheme = try #require(SchemeLibrary.scheme(named: entry.scheme))
        let probe = try #require(Self.signed[scheme.id]?.first { $0.id == id }?.probe)
        #expect(
            entry.flaws.contains { flaw in
                probe.judgement(at: vectorEndpoint([scheme], flaws: [flaw]))?.impact != nil
            })
    }

    /// A declaration that a flaw does not keep would be a claim that nobody checks.
    @Test("each is caught by every kind of case it declares", arguments: flawed.flatMap(\.flaws).map(\.id))
    func declared(id: String) throws {
        let flaw = try #require(FlawRegistry.named(id))
        let scheme = try #require(schemes.first(where: flaw.applies))
        let probes = try #require(Self.signed[scheme.id])
        let endpoint = vectorEndpoint([scheme], flaws: [flaw])
        for pattern in flaw.caughtBy {
            let isCaught = probes.contains { id, probe in
                pattern.matches(id) && probe.judgement(at: endpoint)?.impact != nil
            }
            #expect(isCaught, "\(pattern.pattern)")
        }
    }
}

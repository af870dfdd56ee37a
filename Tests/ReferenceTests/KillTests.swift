import Catalogue
import Harness
import Reference
import ReportModel
import Schemes
import Testing
import Transport

@Suite("Cases and flaws, in process")
struct KillTests {
    @Test("the sound endpoint meets every case", arguments: SchemeLibrary.names)
    func sound(name: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: name))
        let endpoint = vectorEndpoint([scheme])
        for testCase in Catalogue.cases(for: scheme) {
            guard let probe = testCase.probe else { continue }
            guard let judgement = SignedProbe(probe, of: scheme).judgement(at: endpoint) else {
                Issue.record("the control of \(testCase.id)")
                continue
            }
            #expect(judgement.impact == nil, "\(testCase.id)")
        }
    }

    @Test("each pattern of a flaw names a case", arguments: FlawRegistry.all.map(\.id))
    func patterns(id: String) throws {
        let flaw = try #require(FlawRegistry.named(id))
        for pattern in flaw.caughtBy {
            #expect(Catalogue.all.contains { pattern.matches($0.id) }, "\(pattern.pattern)")
        }
    }

    /// A flaw that refuses the plain request is known by that; every other must be caught by a case whose own control
    /// was accepted.
    /// Flaws of what the endpoint remembers take several requests: the selftest shows that they are caught.
    static let ofOneProbe = FlawRegistry.all.filter { flaw in
        !Catalogue.all.contains { $0.procedure.scenario != nil && flaw.isCaught(by: $0.id) }
    }

    @Test("each flaw is caught by a case that is declared to catch it", arguments: ofOneProbe.map(\.id))
    func caught(id: String) throws {
        let flaw = try #require(FlawRegistry.named(id))
        let isCaught = schemes.filter(flaw.applies).contains { scheme in
            let endpoint = vectorEndpoint([scheme], flaws: [flaw])
            let plain = Draft(VectorContext.context(of: scheme)).signedRequest().request
            if flaw.mayRefuseControl, (400...499).contains(endpoint.answer(plain).status ?? 0) { return true }
            return Catalogue.cases(for: scheme).contains { testCase in
                guard flaw.isCaught(by: testCase.id), let probe = testCase.probe else { return false }
                return SignedProbe(probe, of: scheme).judgement(at: endpoint)?.impact != nil
            }
        }
        #expect(isCaught)
    }
}

import Catalogue
import ReportModel
import Schemes
import Testing
import Transport

/// The families of the schemes that sign with a private key.
extension Application {
    fileprivate static let ofKeyPairs = all.filter { application in
        ["edwards", "token"].contains(application.testCase.family)
            || application.testCase.id.hasPrefix("handshake/interaction-ping")
    }

    fileprivate var verdict: Verdict {
        let context = VectorContext.context(of: scheme)
        let verifier = Verifier(scheme: scheme, secrets: [context.secret], credentials: context.credentials)
        return verifier.verify(probe.probeRequest(context).request, now: context.now)
    }
}

@Suite("The families of schemes with a key pair")
struct KeyPairFamiliesTests {
    @Test("expect the decision of the strict verifier", arguments: ["discord", "teams-bot"])
    func agreement(scheme: String) {
        for application in Application.ofKeyPairs where application.scheme.id == scheme {
            guard application.probe.expectation.decision != .either else { continue }
            let isExpected = application.probe.expectation.decision == .accepted
            let verdict = application.verdict
            #expect(verdict.isAccepted == isExpected, "\(application.id): \(verdict)")
        }
    }

    @Test("send no probe twice", arguments: ["discord", "teams-bot"])
    func distinct(scheme: String) {
        let probes = Application.ofKeyPairs.filter { $0.scheme.id == scheme }
        let requests = Dictionary(grouping: probes) { application in
            application.probe.probeRequest(VectorContext.context(of: application.scheme)).request
        }
        for (_, same) in requests where same.count > 1 {
            Issue.record("one request: \(same.map(\.testCase.id).joined(separator: ", "))")
        }
    }
}

import Bytes
import Catalogue
import ReportModel
import Schemes
import Subjects
import Testing
import Transport

@testable import Harness

/// No report holds a secret of the run, whichever it is and whenever it came (honesty rule 9).
@Suite("The secrets of a run") struct SecretRegistryTests {
    private static func secret(_ text: String) throws -> Secret {
        try Secret(Array(text.utf8), rule: Fixture.scheme.signature.secret)
    }

    /// Evidence in a report, as text.
    private static func evidence(_ report: Report) -> [String] {
        report.record.evidence.values.flatMap { evidence in
            [evidence.message] + evidence.steps
                + [evidence.probe, evidence.control].compactMap(\.self).flatMap { [$0.request, $0.answer] }
        }
    }

    @Test("that were given are hidden in whatever the target says") func given() throws {
        let second = try Self.secret("the-second-secret-9f8e")
        let token = "admin-token-5d4c"
        var configuration = Fixture.configuration
        configuration.facilities.second = SecondBridge(
            subject: Fixture.subject { 0 }, secret: second)
        configuration.facilities.admin = AdminInterface(
            channel: Fixture.subject { 0 }, token: Array(token.utf8))
        configuration.only = [CaseGlob("presence/**"), CaseGlob("signature/**")]
        let echo = Base64.encode(second.text) + Array(" \(token.uppercased()) ".utf8) + Hex.encode(Array(token.utf8))
        let report = try Fixture.run(configuration) { _, _ in
            .success(HTTPResponse(status: 200, body: echo + Array(" \(token) the-second-secret-9f8e".utf8)))
        }
        let texts = Self.evidence(report)
        #expect(texts.contains { $0.contains("[secret]") && $0.contains("[admin-token]") })
        for hidden in [token, "the-second-secret-9f8e", Hex.string(Array(token.utf8)), Base64.string(second.text)] {
            #expect(!texts.contains { $0.contains(hidden) }, "\(hidden)")
        }
    }

    @Test("that came while it lasted sign nothing that a report shows", arguments: [0, 1, 2])
    func rotated(other: Int) throws {
        let secrets = try ["rotated-secret-0001", "the-secret-of-a-bridge"].map(Self.secret)
        let subject = Fixture.subject { 0 }
        let environment = RunEnvironment(Fixture.configuration, subject: subject, signals: RunSignals(), runID: "run")
        for secret in secrets { environment.redactor.hide(secret) }
        let secret = ([VectorContext.secret(of: Fixture.scheme)] + secrets)[other]
        let request = Draft(
            environment.deliveries.nextDistinct(secret: secret, authority: subject.authority, path: subject.path)
        ).signedRequest()
        let right = Fixture.scheme.rightSignature(for: request.request, key: secret.key)
        #expect(ASCII.firstRange(of: right, in: request.request.wireBytes) != nil)
        let record = environment.exchanger(to: subject).send(request).record(environment)
        #expect(record.request.contains("[signature]"))
        #expect(!record.request.contains(String(decoding: right, as: UTF8.self)))
    }
}

import Bytes
import Catalogue
import Foundation
import Reference
import ReportModel
import Schemes
import Testing
import Transport

/// What came back for one case, in process.
struct Trial {
    let control: ServerAction
    let probe: ServerAction
    let scheme: Scheme
    private let testCase: Case
    private let rightSignature: [UInt8]

    init(_ testCase: Case, _ scheme: Scheme, _ endpoint: ReferenceEndpoint) {
        let context = VectorContext.context(of: scheme)
        let request = testCase.probeRequest(context).request
        control = Self.answer(to: testCase.controlRequest(context).request, endpoint)
        probe = Self.answer(to: request, endpoint)
        self.scheme = scheme
        self.testCase = testCase
        rightSignature = scheme.rightSignature(for: request, key: context.secret.key)
    }

    /// Has the server's parser read the bytes of the wire, so that the endpoint sees what it would see there.
    private static func answer(to request: HTTPRequest, _ endpoint: ReferenceEndpoint) -> ServerAction {
        var parser = RequestParser()
        let bytes = request.wireBytes
        var used = 0
        do {
            while used < bytes.count, !parser.isComplete {
                used += try bytes[used...].withUnsafeBytes { try parser.consume($0) }
            }
            return parser.isComplete ? endpoint.answer(parser.request) : .answer(HTTPResponse(status: 408))
        } catch {
            return .answer(HTTPResponse(status: 400))
        }
    }

    /// Whether the case's verdict counts at all.
    var isControlAccepted: Bool { (200...299).contains(control.status ?? 0) }

    /// Whether the probe's answer is what the recipe expects.
    var isMet: Bool {
        guard let response = probe.response, !hidesNot(response) else { return false }
        for member in testCase.expectation.answer(in: scheme) {
            guard let body = try? JSON.parse(response.body), body[member.key] == member.value else { return false }
        }
        let statuses = testCase.expectation.statuses(in: scheme)
        if !statuses.isEmpty { return statuses.contains(response.status) }
        let isAccepted = (200...299).contains(response.status) && !scheme.responses.readsAsRefusal(response.body)
        return switch testCase.expectation.decision {
        case .accepted: isAccepted
        case .rejected: (400...499).contains(response.status)
        case .either: (200...499).contains(response.status)
        }
    }

    private func hidesNot(_ response: HTTPResponse) -> Bool {
        let lines = response.headers.fields.map { String(decoding: $0.value, as: UTF8.self) }
        let said = (lines + [String(decoding: response.body, as: UTF8.self)]).joined(separator: "\n").lowercased()
        switch testCase.expectation.hides {
        case .rightSignature: return said.contains(String(decoding: rightSignature, as: UTF8.self).lowercased())
        case .internals: return ["traceback", "    at ", ".py\"", ".js:"].contains(where: said.contains)
        case nil: return false
        }
    }
}

@Suite("Cases and flaws, in process")
struct KillTests {
    @Test("the sound endpoint meets every case", arguments: SchemeLibrary.names)
    func sound(name: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: name))
        let endpoint = vectorEndpoint([scheme])
        for testCase in Catalogue.cases(for: scheme) {
            let trial = Trial(testCase, scheme, endpoint)
            #expect(trial.isControlAccepted, "the control of \(testCase.id)")
            #expect(trial.isMet, "\(testCase.id): \(trial.probe)")
        }
    }

    @Test("each pattern of a flaw names a case", arguments: FlawRegistry.all.map(\.id))
    func patterns(id: String) throws {
        let flaw = try #require(FlawRegistry.named(id))
        for pattern in flaw.caughtBy {
            #expect(Catalogue.descriptions.contains { pattern.matches($0.id) }, "\(pattern.pattern)")
        }
    }

    /// A flaw that refuses the plain request is known by that; every other must be caught by a case whose own control
    /// was accepted.
    /// Flaws of what the endpoint remembers take several requests: the selftest shows that they are caught.
    static let ofOneProbe = FlawRegistry.all.filter { flaw in !Catalogue.scenarios.contains { flaw.isCaught(by: $0.id) }
    }

    @Test("each flaw is caught by a case that is declared to catch it", arguments: ofOneProbe.map(\.id))
    func caught(id: String) throws {
        let flaw = try #require(FlawRegistry.named(id))
        let isCaught = schemes.filter(flaw.applies).contains { scheme in
            let endpoint = vectorEndpoint([scheme], flaws: [flaw])
            let plain = Draft(VectorContext.context(of: scheme)).signedRequest().request
            if flaw.mayRefuseControl, (400...499).contains(endpoint.answer(plain).status ?? 0) { return true }
            return Catalogue.cases(for: scheme).contains { testCase in
                guard flaw.isCaught(by: testCase.id) else { return false }
                let trial = Trial(testCase, scheme, endpoint)
                return trial.isControlAccepted && !trial.isMet
            }
        }
        #expect(isCaught)
    }
}

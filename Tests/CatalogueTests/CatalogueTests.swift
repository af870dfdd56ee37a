import Catalogue
import Foundation
import ReportModel
import Schemes
import Testing

/// One case with a probe under one scheme, with an id that a reader understands.
struct Application: Sendable, CustomTestStringConvertible {
    let scheme: Scheme
    let testCase: Case
    let probe: Probe
    var testDescription: String { "\(scheme.id) \(testCase.id)" }

    static let all = SchemeLibrary.all.flatMap { scheme in
        Catalogue.cases(for: scheme).compactMap { testCase in
            testCase.probe.map { Application(scheme: scheme, testCase: testCase, probe: $0) }
        }
    }
}

@Suite("The catalogue")
struct CatalogueTests {
    @Test("every case has a unique id")
    func ids() {
        let ids = Catalogue.all.map(\.id)
        #expect(Set(ids).count == ids.count, "\(Dictionary(grouping: ids) { $0 }.filter { $0.value.count > 1 }.keys)")
    }

    @Test("covers entries of the flaw catalogue", arguments: Catalogue.all.map(\.id))
    func covers(id: String) throws {
        let testCase = try #require(Catalogue.named(id))
        for entry in testCase.covers { #expect(entry.wholeMatch(of: /[A-LS][0-9]{2}/) != nil, "\(entry)") }
        #expect(!testCase.covers.isEmpty || testCase.keptFor != nil, "it covers nothing and is not marked")
    }

    @Test(
        "changes one thing only: a probe differs from its control where its recipe declares it",
        arguments: Application.all)
    func oneFactor(application: Application) {
        let context = VectorContext.context(of: application.scheme)
        let control = application.probe.controlRequest(context)
        let probe = application.probe.probeRequest(context)
        let found = Change.between(control, probe, scheme: application.scheme)
        let undeclared = found.subtracting(application.probe.changes.consequences(in: application.scheme))
        #expect(undeclared.isEmpty, "undeclared: \(undeclared.words)")
        if !application.probe.changes.isEmpty { #expect(!found.isEmpty, "the probe is its control") }
    }

    @Test("makes controls that the strict verifier accepts", arguments: Application.all)
    func controls(application: Application) {
        let context = VectorContext.context(of: application.scheme)
        let verifier = Verifier(
            scheme: application.scheme, secrets: [context.secret], credentials: context.credentials)
        let control = application.probe.controlRequest(context).request
        #expect(verifier.verify(control, now: context.now).isAccepted)
    }

    @Test("asks for a must only where the document speaks", arguments: Application.all)
    func musts(application: Application) {
        guard application.testCase.level(in: application.scheme) == .must else { return }
        let clauses = application.scheme.clauses(on: application.testCase.topic)
        #expect(application.testCase.topic == .transport || clauses.contains { $0.level == .must })
    }
}

@Suite("Patterns over case ids")
struct CaseGlobTests {
    @Test(arguments: [
        ("timestamp/*", "timestamp/future", true), ("timestamp/*", "header/x", false), ("*", "a/b", false),
        ("**", "a/b", true), ("*/future-*", "timestamp/future-one-year", true),
        ("time**year", "timestamp/a-year", true),
        ("timestamp/future", "timestamp/future-one", false), ("", "", true), ("*", "", true), ("a/*", "a/", true),
        ("[a]/x", "a/x", false), ("**/x", "a/b/x", true), ("*x*y*", "axbyc", true), ("*x*y*", "aybxc", false),
    ])
    func matches(pattern: String, id: String, expected: Bool) {
        #expect(CaseGlob(pattern).matches(id) == expected)
    }
}

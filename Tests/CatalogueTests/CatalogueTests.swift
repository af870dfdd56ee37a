import Catalogue
import Foundation
import ReportModel
import Schemes
import Testing
import Transport

/// One case with a probe under one scheme.
///
/// Tests take a scheme as argument and loop over its applications: the runner's own cost grows with the square of the
/// number of arguments.
struct Application: Sendable {
    let scheme: Scheme
    let testCase: Case
    let probe: Probe

    static let all = SchemeLibrary.names.flatMap { of($0) }

    private static let byScheme = Dictionary(
        uniqueKeysWithValues: SchemeLibrary.all.map { scheme in
            let applications = Catalogue.cases(for: scheme).compactMap { testCase in
                testCase.probe.map { Application(scheme: scheme, testCase: testCase, probe: $0) }
            }
            return (scheme.id, applications)
        })

    /// Returns the applications of a scheme, in catalogue order.
    static func of(_ scheme: String) -> [Application] { byScheme[scheme] ?? [] }

    /// Returns for each case the declared changes that are seen in none of these applications.
    static func idleChanges(of applications: [Application]) -> [String: Change] {
        var idle = [String: Change]()
        for application in applications {
            let (control, probe) = application.requests
            let found = Change.between(control, probe, scheme: application.scheme)
            idle[application.id] = (idle[application.id] ?? application.probe.changes).subtracting(found)
        }
        return idle
    }

    /// The id of the case, to name it in a failure.
    var id: String { testCase.id }

    /// The control and the probe, in the context of the vectors.
    var requests: (control: SignedRequest, probe: SignedRequest) {
        let context = VectorContext.context(of: scheme)
        return (probe.controlRequest(context), probe.probeRequest(context))
    }
}

@Suite("The catalogue")
struct CatalogueTests {
    @Test("every case has a unique id")
    func ids() {
        let ids = Catalogue.all.map(\.id)
        #expect(Set(ids).count == ids.count, "\(Dictionary(grouping: ids) { $0 }.filter { $0.value.count > 1 }.keys)")
    }

    @Test("covers entries of the flaw catalogue")
    func covers() {
        for testCase in Catalogue.all {
            for entry in testCase.covers { #expect(Weakness.named(entry) != nil, "\(testCase.id): \(entry)") }
            let isMarked = !testCase.covers.isEmpty || testCase.keptFor != nil
            #expect(isMarked, "\(testCase.id) covers nothing and is not marked")
        }
    }

    @Test(
        "changes one thing only: a probe differs from its control where its recipe declares it",
        arguments: SchemeLibrary.names)
    func oneFactor(scheme: String) {
        for application in Application.of(scheme) {
            let (control, probe) = application.requests
            let found = Change.between(control, probe, scheme: application.scheme)
            let undeclared = found.subtracting(application.probe.changes.consequences(in: application.scheme))
            #expect(undeclared.isEmpty, "\(application.id): undeclared: \(undeclared.words)")
            #expect(
                application.probe.changes.isEmpty || !found.isEmpty, "\(application.id): the probe is its control")
        }
    }

    @Test("makes controls that the strict verifier accepts", arguments: SchemeLibrary.all)
    func controls(scheme: Scheme) {
        let context = VectorContext.context(of: scheme)
        let verifier = Verifier(scheme: scheme, secrets: [context.secret], credentials: context.credentials)
        for application in Application.of(scheme.id) {
            let control = application.probe.controlRequest(context).request
            #expect(verifier.verify(control, now: context.now).isAccepted, "\(application.id)")
        }
    }

    /// An endpoint may refuse a line that should be there once, whatever its name is.
    @Test("repeats no header in a request that must be accepted", arguments: SchemeLibrary.all)
    func headersOnce(scheme: Scheme) {
        let context = VectorContext.context(of: scheme)
        for application in Application.of(scheme.id) where application.probe.expectation.decision == .accepted {
            let request = application.probe.probeRequest(context).request
            let names = request.headers.fields.map { String(decoding: $0.name, as: UTF8.self).lowercased() }
            let repeated = Set(names.filter { name in names.count { $0 == name } > 1 })
            #expect(repeated.isEmpty, "\(application.id): \(repeated)")
        }
    }

    @Test("asks for a must only where the document speaks", arguments: SchemeLibrary.all)
    func musts(scheme: Scheme) {
        for application in Application.of(scheme.id) where application.testCase.level(in: scheme) == .must {
            let topic = application.testCase.topic
            let isAsked = scheme.clauses(on: topic).contains { $0.level == .must }
            #expect(topic == .transport || isAsked, "\(application.id)")
        }
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

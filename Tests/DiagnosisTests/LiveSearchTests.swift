import Bytes
import Foundation
import ReportModel
import Schemes
import Testing
import Transport

@testable import Diagnosis
@testable import Reporting

/// The live search against endpoints that verify by one recipe each.
@Suite("Live search") struct LiveSearchTests {
    static let now: Int64 = 1_764_200_000

    /// Searches for the recipe of something that accepts or refuses requests.
    static func search(
        _ scheme: Scheme, _ secret: Secret, limit: Int = 60, _ accepts: @escaping (HTTPRequest) -> Bool
    ) -> Diagnosis.Finding {
        var number = 0
        let next: () -> RequestContext = {
            number += 1
            return RequestContext(
                scheme: scheme, payload: scheme.payloads[0], secret: secret,
                credentials: Dictionary(uniqueKeysWithValues: scheme.credentials.map { ($0.id, Array("value".utf8)) }),
                now: now, eventID: "evt_\(number)", text: "a test", authority: "localhost", target: "/hook")
        }
        let body = BodySource(Draft(next()).body)
        return LiveSearch(
            RecipeSpace(scheme, url: "http://localhost/hook", body: body), limit: limit, next: next,
            ask: { accepts($0.request) ? .accepted : .refused }
        ).run()
    }

    static func secret(of scheme: Scheme) throws -> Secret {
        // Hexadecimal text that is Base64 too, with the scheme's prefix, so that every way to decode it applies.
        let text =
            scheme.signature.secret.prefix + "5f2b7c1d9e8a4036b1c2d3e4f5a60718293a4b5c6d7e8f90a1b2c3d4e5f60718"
        return try Secret(Array(text.utf8), rule: scheme.signature.secret)
    }

    /// One recipe of one scheme, and what came of the search for it.
    struct Row {
        let scheme, name: String
        let weight: Int
        /// The number of recipes that it can't be told from, itself included; 0 when it was not found.
        let alternatives: Int
        let isFirst: Bool
        let requests: Int
        let finding: Diagnosis.Finding
    }

    static func rows(_ scheme: Scheme, weight: Int) throws -> [Row] {
        let secret = try secret(of: scheme)
        let plain = Draft(
            RequestContext(
                scheme: scheme, payload: scheme.payloads[0], secret: secret, credentials: [:], now: now,
                eventID: "evt_0", text: "a test", authority: "localhost", target: "/hook")
        ).signedRequest().request
        let space = RecipeSpace(scheme, url: "http://localhost/hook", body: BodySource(plain.body))
        return space.steps.filter { $0.weight >= weight }.compactMap { step in
            let endpoint = RecipeEndpoint(scheme: scheme, step: step, secret: secret, now: now)
            // Where it accepts valid requests, or has no way to accept any, there is nothing to search.
            if endpoint.accepts(plain) || !endpoint.applies(to: plain) { return nil }
            let finding = search(scheme, secret, endpoint.accepts)
            let name = step.deviation.name
            switch finding {
            case .recipe(let recipe):
                let names = recipe.alternatives.map { $0.map(\.name).joined(separator: "+") }
                return Row(
                    scheme: scheme.id, name: name, weight: step.weight,
                    alternatives: names.contains(name) ? names.count : 0, isFirst: names.first == name,
                    requests: recipe.search.requests, finding: finding)
            default:
                return Row(
                    scheme: scheme.id, name: name, weight: step.weight, alternatives: 0, isFirst: false, requests: 60,
                    finding: finding)
            }
        }
    }

    static let schemes = ["github", "slack", "stripe", "standard-webhooks"]
    /// Recipes of this weight and above are searched for here.
    static let likely = 20
    /// Those of this weight and above are found within sixty requests even where each carries one signature.
    static let likeliest = 23

    @Test("Each likely recipe is found within sixty requests, or said to be untried", arguments: schemes)
    func likelyOnes(name: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: name))
        let rows = try Self.rows(scheme, weight: Self.likely)
        #expect(rows.count > 20)
        for row in rows {
            switch row.finding {
            case .noRecipe(let search) where row.weight < Self.likeliest && search.end == .limit:
                #expect(search.untried > 0, "\(row.name): \(search)")
            default: #expect(row.alternatives > 0, "\(row.name) of weight \(row.weight): \(row.finding)")
            }
        }
    }

    private static let tables = ProcessInfo.processInfo.environment["COUNTERSIGN_TABLES"]

    @Test("Writes what the search for each recipe of each scheme took", .enabled(if: tables != nil))
    func table() throws {
        var lines = [String]()
        // A token is signed with a private key: no recipe changes that.
        for scheme in SchemeLibrary.all where scheme.token == nil && !RecipeSpace(scheme).steps.isEmpty {
            for row in try Self.rows(scheme, weight: 0) {
                let isAnother = if case .recipe = row.finding { row.alternatives == 0 } else { false }
                let found = isAnother ? "another" : "\(row.alternatives)"
                lines.append(
                    "\(row.scheme)\t\(row.name)\t\(row.weight)\t\(found)\t\(row.isFirst ? 1 : 0)\t\(row.requests)")
            }
        }
        let folder = URL(filePath: Self.tables ?? "")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.appending(path: "live.tsv"))
    }

    @Test("An endpoint that answers at random is given no recipe", arguments: 0..<50)
    func random(seed: Int) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: Self.schemes[seed % Self.schemes.count]))
        var generator = SeededGenerator(seed: UInt64(seed))
        let finding = Self.search(scheme, try Self.secret(of: scheme)) { _ in
            Bool.random(using: &generator)
        }
        if case .recipe = finding { Issue.record("\(finding)") }
    }

    @Test("A target that refuses everything has none of the recipes", arguments: schemes)
    func refusing(name: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: name))
        guard case .noRecipe(let search) = Self.search(scheme, try Self.secret(of: scheme), { _ in false }) else {
            Issue.record("a recipe was named")
            return
        }
        #expect(search.requests <= 60)
        #expect(search.tried > 50)
    }

    @Test("Rate limiting ends the search at once")
    func limited() throws {
        let scheme = try #require(SchemeLibrary.scheme(named: "github"))
        var asked = 0
        let secret = try Self.secret(of: scheme)
        let context = RequestContext(
            scheme: scheme, payload: scheme.payloads[0], secret: secret, credentials: [:], now: Self.now,
            eventID: "evt", text: "a test", authority: "localhost", target: "/hook")
        let finding = LiveSearch(RecipeSpace(scheme), limit: 60, next: { context }) { _ in
            asked += 1
            return asked < 4 ? .refused : .end(.limited)
        }.run()
        guard case .noRecipe(let search) = finding else {
            Issue.record("a recipe was named")
            return
        }
        #expect(asked == 4)
        #expect(search.end == .limited)
    }
}

import Bytes
import Foundation
import Platform
import ReportModel
import Schemes
import Testing
import Transport

@testable import Diagnosis
@testable import Reporting

/// Captured requests that were signed with two mistakes at once, drawn by a seed.
@Suite("Double faults") struct DoubleFaultTests {
    /// A request with the recipe that signed it.
    struct Fault {
        let scheme: Scheme
        let steps: [Step]
        let capture: Capture

        var name: String { "\(scheme.id) " + steps.map(\.deviation.name).joined(separator: "+") }
    }

    static let now: Int64 = 1_764_200_000

    /// Draws a fault whose steps are about two aspects and change what is signed.
    static func fault(seed: UInt64) throws -> Fault {
        var generator = SeededGenerator(seed: seed)
        while true {
            let names = [
                "github", "slack", "bridge-events", "stripe", "scaiwave", "standard-webhooks", "teams-outgoing",
            ]
            let name = names.randomElement(using: &generator) ?? "github"
            let scheme = try #require(SchemeLibrary.scheme(named: name))
            let secret = try LiveSearchTests.secret(of: scheme)
            let space = RecipeSpace(scheme)
            let steps = [space.bodies, space.timestamps, space.messages, space.keys, space.codes, space.texts]
                .filter { !$0.isEmpty }.shuffled(using: &generator).prefix(2)
                .compactMap { $0.randomElement(using: &generator) }
            let body = Array(
                #"{"id": "evt_\#(seed)", "text": "caf\u{E9} / <b>", "n": 1.50, "list": [1, {"z": null, "a": true}]}"#
                    .utf8)
            let padding = Bool.random(using: &generator) ? Array("\r\n".utf8) : []
            guard let request = request(scheme, secret, steps, body + padding) else { continue }
            return Fault(scheme: scheme, steps: steps, capture: Capture(request: request))
        }
    }

    /// Returns a request that is signed by a recipe; `nil` where a step does not apply or changes nothing.
    private static func request(_ scheme: Scheme, _ secret: Secret, _ steps: [Step], _ body: [UInt8]) -> HTTPRequest? {
        let context = RequestContext(
            scheme: scheme, payload: scheme.payloads[0], secret: secret,
            credentials: Dictionary(uniqueKeysWithValues: scheme.credentials.map { ($0.id, Array("value".utf8)) }),
            now: now, eventID: "evt_1", text: "a test", authority: "localhost", target: "/hook?x=1", bodyTemplate: body)
        let questioner = Questioner(context)
        guard let draft = questioner.draft(.plain) else { return nil }
        let source = BodySource(draft.body)
        let marks = (steps.map { [$0] } + [steps, []]).map {
            questioner.mark(Hypothesis(number: 0, steps: $0), draft, source)
        }
        guard !marks.contains(nil), Set(marks).count == marks.count else { return nil }
        return questioner.request([Hypothesis(number: 0, steps: steps)], .plain)?.request
    }

    struct Found {
        let rank: Int?
        let recipes: Int
        let milliseconds: Double
    }

    static func search(_ fault: Fault) throws -> Found {
        let secret = try LiveSearchTests.secret(of: fault.scheme)
        let start = MonotonicClock.nanoseconds()
        let diagnosis = fault.capture.diagnosed(scheme: fault.scheme, secret: secret.text, key: secret.key, now: now)
        let time = Double(MonotonicClock.nanoseconds() - start) / 1e6
        let truth = Set(fault.steps.map(\.deviation.name))
        let rank = diagnosis.recipes.firstIndex { Set($0.map(\.name)) == truth }
        return Found(rank: rank.map { $0 + 1 }, recipes: diagnosis.recipes.count, milliseconds: time)
    }

    @Test("A request with two faults is explained", arguments: 1...6)
    func isFound(seed: Int) throws {
        let fault = try Self.fault(seed: UInt64(seed))
        #expect(try Self.search(fault).recipes > 0, "\(fault.name)")
    }

    private static let tables = ProcessInfo.processInfo.environment["COUNTERSIGN_TABLES"]

    @Test("Writes how 300 double faults were explained", .enabled(if: tables != nil))
    func table() throws {
        var lines = [String]()
        for seed in 1...300 {
            let fault = try Self.fault(seed: UInt64(seed))
            let found = try Self.search(fault)
            lines.append("\(fault.name)\t\(found.rank ?? 0)\t\(found.recipes)\t\(found.milliseconds)")
        }
        let folder = URL(filePath: Self.tables ?? "")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.appending(path: "double.tsv"))
    }
}

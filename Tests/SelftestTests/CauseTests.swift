import Bytes
import Catalogue
import Foundation
import Reference
import ReportModel
import Schemes
import Testing

@testable import Diagnosis
@testable import Selftest

/// The causes that a run names, by the table that the build carries.
@Suite("Named causes") struct CauseTests {
    private static let table = CauseTable.embedded

    @Test("The table of the build has each flaw, and no case that is gone; `reports/regenerate` makes it")
    func fresh() {
        #expect(Set(Self.table.flaws.map(\.id)) == Set(FlawRegistry.all.map(\.id)))
        for flaw in Self.table.flaws { #expect(flaw.explanation == FlawRegistry.named(flaw.id)?.explanation) }
        #expect(Set(Self.table.cases).isSubset(of: Catalogue.all.map(\.id)))
    }

    @Test("Nothing is named for an endpoint that answers at random", arguments: 1...50)
    func random(seed: UInt64) throws {
        let scheme = SchemeLibrary.all[Int(seed) % SchemeLibrary.all.count]
        let handler = try #require(DegenerateTarget.random.handler(seed: seed))
        let report = try SelftestRun.report(
            scheme, path: scheme.payloads[0].path, .inProcess, .init(profile: .smoke, seed: seed + 1),
            handler: handler)
        #expect(report.diagnosis.isEmpty, "\(scheme.id): \(Self.flaws(report))")
    }

    @Test("Nothing is named for the sound endpoint", arguments: SchemeLibrary.all)
    func sound(scheme: Scheme) throws {
        let report = try SelftestRun.report(
            scheme, path: scheme.payloads[0].path, .inProcess, handler: SelftestRun.handler(scheme))
        #expect(report.diagnosis.isEmpty)
    }

    /// One flaw in twelve, each in the first scheme that it applies to.
    private static let sample = FlawRegistry.all.enumerated().filter { $0.offset % 12 == 0 }.map(\.element)

    @Test("A flaw is named first, alone or among flaws that get the same wrong", arguments: sample)
    func named(flaw: Flaw) throws {
        let scheme = try #require(SchemeLibrary.all.first(where: flaw.applies))
        let report = try Self.report(scheme, [flaw])
        guard report.cause == nil, report.cases.contains(where: { $0.impact != nil }) else { return }
        let named = Self.flaws(report)
        #expect(named.first?.contains(flaw.id) == true, "\(scheme.id): \(named)")
    }

    /// A run by the requests of another seed than those that the table was made from.
    private static func report(_ scheme: Scheme, _ flaws: [Flaw]) throws -> Report {
        try SelftestRun.report(
            scheme, path: scheme.payloads[0].path, .inProcess, .init(seed: 7),
            handler: SelftestRun.handler(scheme, flaws: flaws))
    }

    private static func flaws(_ report: Report) -> [[String]] {
        report.diagnosis.compactMap { if case .flaws(let flaws) = $0.finding { flaws.map(\.id) } else { nil } }
    }

    // MARK: Tables

    private static let tables = ProcessInfo.processInfo.environment["COUNTERSIGN_TABLES"]

    @Test("Writes what is named for each flaw, and for 300 pairs of flaws", .enabled(if: tables != nil))
    func table() throws {
        let pairs = SchemeLibrary.all.flatMap { scheme in
            FlawRegistry.all.filter { $0.applies(to: scheme) }.map { (scheme, [$0]) }
        }
        var generator = SeededGenerator(seed: 11)
        let doubles = (0..<300).map { _ -> (Scheme, [Flaw]) in
            let scheme = SchemeLibrary.all.randomElement(using: &generator) ?? SchemeLibrary.all[0]
            let flaws = FlawRegistry.all.filter { $0.applies(to: scheme) }.shuffled(using: &generator)
            return (scheme, Array(flaws.prefix(2)))
        }
        let lines = try Workers.map(pairs + doubles, count: 2) { scheme, flaws in
            let report = try Self.report(scheme, flaws)
            let findings = report.cases.count { $0.impact != nil }
            let named = Self.flaws(report).map { $0.joined(separator: ",") }.joined(separator: ";")
            let names = flaws.map(\.id).joined(separator: ",")
            return "\(scheme.id)\t\(names)\t\(report.cause == nil ? findings : 0)\t\(named)"
        }
        let folder = URL(filePath: Self.tables ?? "")
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.appending(path: "causes.tsv"))
    }
}

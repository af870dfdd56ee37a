internal import Bytes
package import Catalogue
package import Diagnosis
internal import Harness
package import Reference
package import ReportModel
package import Schemes
internal import Subjects

/// Which case catches which flaw of the reference endpoint: the harness's own proof.
package struct KillMatrix: Sendable {
    /// One flaw in one scheme.
    package struct Row: Sendable {
        /// The flaw; `nil` for the sound endpoint.
        package let flaw: Flaw?
        /// The scheme.
        package let scheme: String
        /// The cases that did not pass, in catalogue order.
        package let caughtBy: [String]
        /// The harm that each of them found.
        package var harms: [String: Harm] = [:]
        /// The cases that were judged, whatever the outcome.
        package var judged: Set<String> = []
        /// Those of them that the flaw declares.
        package let declared: [String]
        /// How many cases ran.
        package let cases: Int
        /// The exit status of the run.
        package let exit: ExitStatus
        /// Whether the endpoint was reached over HTTP; otherwise it ran in this process.
        package let isOverHTTP: Bool
    }

    /// One row for each scheme of each flaw, and one for each sound endpoint.
    package let rows: [Row]

    /// Runs every case against the sound endpoint, and each flaw in each scheme: in process, and also over HTTP on loopback
    /// for sound endpoints and, with the declared cases, for flaws that show on the wire.
    ///
    /// - Parameters:
    ///   - schemes: the schemes to speak.
    ///   - flaws: the flaws to test, one at a time.
    ///   - isThorough: whether every flaw is tested in every scheme by all cases that neither wait nor are expensive, to know
    ///     what it gets wrong. Otherwise each meets them in one scheme, another one for each flaw, and in the others what
    ///     the proof needs: the cases that it declares, and those of the smoke profile.
    ///   - workers: how many endpoints run concurrently: more than there are cores, because some wait for silent ones.
    ///   - progress: called with the number of endpoints that are done, and how many there are.
    /// - Throws: `ServerError` when no endpoint can listen on loopback.
    package static func run(
        schemes: [Scheme] = SchemeLibrary.all, flaws: [Flaw] = FlawRegistry.all, isThorough: Bool = false,
        workers: Int = 6,
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) throws -> KillMatrix {
        let services = schemes.map { (scheme: $0, kept: SelftestRun.newCollection()) }
        var endpoints = services.map { Endpoint(flaw: nil, scheme: $0.scheme, extent: .everything, kept: $0.kept) }
        for (index, flaw) in flaws.enumerated() {
            let services = services.filter { flaw.applies(to: $0.scheme) }
            for (place, service) in services.enumerated() {
                let extent: Extent = isThorough ? .everything : place == index % services.count ? .quick : .proof
                endpoints.append(Endpoint(flaw: flaw, scheme: service.scheme, extent: extent, kept: service.kept))
            }
        }
        // The registry lists flaws that are slow to answer beside each other. In another order, they wait while others
        // compute.
        var generator = SeededGenerator(seed: 1)
        let order = endpoints.indices.shuffled(using: &generator)
        let total = endpoints.count
        let rows = try Workers.map(order, count: workers, progress: { progress($0, total) }) { [endpoints] in
            try row(endpoints[$0])
        }
        return KillMatrix(rows: zip(order, rows).sorted { $0.0 < $1.0 }.map(\.1))
    }

    /// One endpoint to run against.
    private struct Endpoint: Sendable {
        /// `nil` for the sound endpoint.
        let flaw: Flaw?
        let scheme: Scheme
        let extent: Extent
        /// The requests of all endpoints of the scheme.
        let kept: KeptRequests
    }

    /// How many cases test a flaw besides those that are declared to catch it, and those of the smoke profile.
    private enum Extent {
        /// All that neither wait nor are expensive.
        case everything
        /// The probes, or where scenarios are declared to catch it the scenarios, of these.
        case quick
        /// None.
        case proof
    }

    /// Runs the cases in process, and over HTTP those that the way of the requests may matter to: for a sound endpoint
    /// all but the expensive ones, and for a flaw that shows on the wire those that are declared to catch it.
    private static func row(_ endpoint: Endpoint) throws -> Row {
        let (flaw, scheme) = (endpoint.flaw, endpoint.scheme)
        let flaws = flaw.map { [$0] } ?? []
        let cases = cases(for: endpoint)
        let requests = endpoint.kept.copy()
        let inProcess = try SelftestRun.run(cases, scheme, flaws: flaws, .inProcess, kept: requests)
        endpoint.kept.add(requests)
        var reports = [inProcess.report]
        var caught = Self.caught(in: inProcess.report)
        var declared = caught.filter { flaw?.isCaught(by: $0) == true }
        let isOverHTTP = flaw.map { inProcess.showsOnTheWire || $0.isOfTransport } ?? true
        if isOverHTTP {
            let chosen = cases.filter { flaw?.isCaught(by: $0.id) ?? ($0.profile < .audit) }
            let report = try SelftestRun.run(chosen, scheme, flaws: flaws, .http).report
            reports.append(report)
            let caughtThere = Self.caught(in: report)
            caught = Catalogue.all.map(\.id).filter { caught.contains($0) || caughtThere.contains($0) }
            declared = caughtThere.filter { flaw?.isCaught(by: $0) == true }
        }
        var harms = [String: Harm]()
        for result in reports.flatMap(\.cases) { if let harm = Harm(of: result) { harms[result.id] = harm } }
        let judged = reports.flatMap(\.cases).filter { ![.skipped, .inconclusive].contains($0.outcome) }
        return Row(
            flaw: flaw, scheme: scheme.id, caughtBy: caught, harms: harms, judged: Set(judged.map(\.id)),
            declared: declared,
            cases: Set(inProcess.report.cases.map(\.id)).count, exit: ExitStatus.combined(reports.map(\.exit)),
            isOverHTTP: isOverHTTP)
    }

    /// Returns the cases to run: all of them for a sound endpoint. Slow and expensive cases run only for the flaws that
    /// they are declared to catch.
    private static func cases(for endpoint: Endpoint) -> [Case] {
        let all = Catalogue.cases(for: endpoint.scheme)
        guard let flaw = endpoint.flaw else { return all }
        let probes: Profile
        let hasScenarios: Bool
        switch endpoint.extent {
        case .everything: (probes, hasScenarios) = (.standard, true)
        case .quick: (probes, hasScenarios) = flaw.isSeenOverTime ? (.smoke, true) : (.standard, false)
        case .proof: (probes, hasScenarios) = (.smoke, false)
        }
        return all.filter { testCase in
            if flaw.isCaught(by: testCase.id) { return true }
            if testCase.probe != nil { return testCase.profile <= probes }
            return hasScenarios && testCase.waits(in: endpoint.scheme) == 0 && testCase.profile < .audit
        }
    }

    /// Returns the cases that did not pass.
    private static func caught(in report: Report) -> [String] {
        let caught = report.cases.filter { $0.impact != nil }.map(\.id)
        // An endpoint that rejects the plain valid request is caught before any case, by the plain control.
        return caught.isEmpty && report.cause != nil ? ["control/plain"] : caught
    }

    /// Returns what the matrix does not prove; empty when it proves everything.
    /// Some of the schemes can't prove that a flaw is caught in none, or in none for its declared reason; some of the
    /// flaws can't prove that a case is useless.
    ///
    /// - Parameters:
    ///   - hasAllSchemes: whether every scheme was run.
    ///   - hasAllFlaws: whether every flaw was run.
    package func gaps(hasAllSchemes: Bool, hasAllFlaws: Bool) -> [Gap] {
        var gaps = [Gap]()
        for row in rows where row.flaw == nil && (row.exit != .success || !row.caughtBy.isEmpty) {
            gaps.append(.soundEndpointCaught(scheme: row.scheme, exit: row.exit, by: row.caughtBy))
        }
        for (flaw, rows) in rowsByFlaw where hasAllSchemes && rows.allSatisfy(\.declared.isEmpty) {
            let others = rows.flatMap(\.caughtBy)
            gaps.append(
                others.isEmpty
                    ? .uncaught(flaw: flaw) : .caughtForAnotherReason(flaw: flaw, by: Array(others.prefix(5))))
        }
        guard hasAllSchemes, hasAllFlaws else { return gaps }
        // A case that applies to none of these schemes is there for users' schemes.
        let schemes = Set(rows.map(\.scheme)).compactMap(SchemeLibrary.scheme)
        let useful = Set(rows.filter { $0.flaw != nil }.flatMap(\.caughtBy))
        let cases = Catalogue.all.filter { testCase in
            testCase.procedure.sender == nil && schemes.contains(where: testCase.applies)
        }
        for testCase in cases
        where !useful.contains(testCase.id) && testCase.keptFor == nil && testCase.profile < .audit {
            gaps.append(.idle(testCase: testCase.id))
        }
        return gaps
    }

    /// Something that the matrix does not prove.
    package enum Gap: Sendable, Hashable {
        /// The sound endpoint of a scheme is caught.
        case soundEndpointCaught(scheme: String, exit: ExitStatus, by: [String])
        /// Nothing catches a flaw.
        case uncaught(flaw: String)
        /// A flaw is caught, but not by any case that it declares; `by` holds some that caught it.
        case caughtForAnotherReason(flaw: String, by: [String])
        /// A case catches nothing and gives no reason to be kept.
        case idle(testCase: String)

        /// The gap in words.
        package var words: String {
            switch self {
            case .soundEndpointCaught(let scheme, let exit, let cases):
                "the sound endpoint of \(scheme) ends with exit \(exit.rawValue) and fails \(cases.joined(separator: ", "))"
            case .uncaught(let flaw): "nothing catches the flaw \(flaw)"
            case .caughtForAnotherReason(let flaw, let cases):
                "the flaw \(flaw) is caught, but by none of the cases it declares: \(cases.joined(separator: ", "))"
            case .idle(let testCase): "the case \(testCase) catches nothing, and gives no reason to be kept"
            }
        }
    }

    /// The rows of each flaw, in order. A flaw may be invisible in one scheme and obvious in another: where the
    /// document rejects bodies that are not JSON, for example, such a body never reaches the flaw.
    package var rowsByFlaw: [(flaw: String, rows: [Row])] {
        var ids = [String]()
        let groups = Dictionary(grouping: rows.filter { $0.flaw != nil }) { row in
            let id = row.flaw?.id ?? ""
            if !ids.contains(id) { ids.append(id) }
            return id
        }
        return ids.map { ($0, groups[$0] ?? []) }
    }

    /// The flaws that each case catches in any scheme, in catalogue order.
    package var catches: [(testCase: Case, flaws: [String])] {
        var found = [String: [String]]()
        for row in rows {
            guard let flaw = row.flaw else { continue }
            for id in row.caughtBy where found[id]?.contains(flaw.id) != true { found[id, default: []].append(flaw.id) }
        }
        return Catalogue.all.map { ($0, found[$0.id] ?? []) }
    }
}

extension Flaw {
    /// Whether scenarios are declared to catch it.
    var isSeenOverTime: Bool { FlawRegistry.seenOverTime.contains(id) }

    /// Whether cases of the transport family are declared to catch it.
    var isOfTransport: Bool { caughtBy.contains { $0.pattern.hasPrefix("transport/") } }
}

extension FlawRegistry {
    /// The flaws that scenarios are declared to catch.
    fileprivate static let seenOverTime: Set<String> = {
        let scenarios = Catalogue.all.filter { $0.procedure.scenario != nil }
        return Set(all.filter { flaw in scenarios.contains { flaw.isCaught(by: $0.id) } }.map(\.id))
    }()
}

public import Catalogue
public import Endpoint
public import Schemes
internal import Synchronization
internal import Transport

/// Which case catches which flaw of the reference endpoint: the harness's own proof.
public struct KillMatrix: Sendable {
    /// One flaw in one scheme.
    public struct Row: Sendable {
        /// The flaw; `nil` for the sound endpoint.
        public let flaw: Flaw?
        /// The scheme.
        public let scheme: String
        /// The cases that did not pass, in the order of the catalogue.
        public let caughtBy: [String]
        /// Those of them that the flaw declares.
        public let declared: [String]
        /// How many cases ran.
        public let cases: Int
        /// The exit code of the run.
        public let exit: Int
    }

    /// One row for each flaw and scheme that go together, and one for each sound endpoint.
    public let rows: [Row]

    /// Runs every case against the sound endpoint and against every flaw, over HTTP on loopback.
    ///
    /// - Parameters:
    ///   - schemes: the schemes to speak.
    ///   - flaws: the flaws to have, one at a time.
    ///   - workers: how many endpoints run side by side.
    ///   - progress: called with the number of endpoints that are done, and how many there are.
    public static func run(
        schemes: [Scheme] = SchemeLibrary.all, flaws: [Flaw] = FlawRegistry.all, workers: Int = 2,
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) -> KillMatrix {
        var pairs: [(flaw: Flaw?, scheme: Scheme)] = schemes.map { (nil, $0) }
        for flaw in flaws { for scheme in schemes where flaw.applies(to: scheme) { pairs.append((flaw, scheme)) } }
        let all = pairs
        let next = Atomic<Int>(0)
        let done = Atomic<Int>(0)
        let found = Mutex<[Int: Row]>([:])
        let work: @Sendable () -> Void = {
            while true {
                let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard place < all.count else { return }
                let row = row(all[place].flaw, all[place].scheme)
                found.withLock { $0[place] = row }
                progress(done.wrappingAdd(1, ordering: .relaxed).newValue, all.count)
            }
        }
        let threads = (1..<max(1, workers)).compactMap { _ in WorkerThread(work) }
        work()
        for thread in threads { thread.join() }
        return KillMatrix(rows: found.withLock { rows in all.indices.compactMap { rows[$0] } })
    }

    private static func row(_ flaw: Flaw?, _ scheme: Scheme) -> Row {
        let report = SelftestRun.report(against: scheme, flaws: flaw.map { [$0] } ?? [])
        var caught = report.cases.filter { $0.impact != nil }.map(\.id)
        // An endpoint that refuses the plain valid request is caught before any case: by the plain control.
        if caught.isEmpty, report.cause != nil { caught = ["control/plain"] }
        return Row(
            flaw: flaw, scheme: scheme.id, caughtBy: caught, declared: caught.filter { flaw?.isCaught(by: $0) == true },
            cases: report.cases.count, exit: report.exit)
    }

    /// What the matrix does not prove, in words; none when it proves everything.
    public var gaps: [String] {
        var gaps = [String]()
        for row in rows where row.flaw == nil {
            if row.exit != 0 {
                gaps.append(
                    "the sound endpoint of \(row.scheme) ends with exit \(row.exit): \(row.caughtBy.joined(separator: ", "))"
                )
            } else if !row.caughtBy.isEmpty {
                gaps.append("the sound endpoint of \(row.scheme) fails \(row.caughtBy.joined(separator: ", "))")
            }
        }
        for (flaw, rows) in rowsByFlaw where rows.allSatisfy(\.declared.isEmpty) {
            let others = rows.flatMap(\.caughtBy)
            gaps.append(
                others.isEmpty
                    ? "nothing catches the flaw \(flaw)"
                    : "the flaw \(flaw) is caught, but by none of the cases it declares: \(others.prefix(5).joined(separator: ", "))"
            )
        }
        // A case that fits none of these schemes waits for a scheme of a user's.
        let schemes = Set(rows.map(\.scheme)).compactMap(SchemeLibrary.scheme)
        let useful = Set(rows.filter { $0.flaw != nil }.flatMap(\.caughtBy))
        for kase in Catalogue.all.filter({ kase in schemes.contains(where: kase.applies) })
        where !useful.contains(kase.id) && kase.keptFor == nil && kase.profile < .audit {
            gaps.append("the case \(kase.id) catches nothing, and is not marked with why it stays")
        }
        return gaps
    }

    /// The rows of each flaw, in their order. A flaw may be invisible in one scheme and plain in another: a body that
    /// is not JSON never gets as far as the flaw where the document refuses such bodies, for example.
    public var rowsByFlaw: [(flaw: String, rows: [Row])] {
        var ids = [String]()
        let groups = Dictionary(grouping: rows.filter { $0.flaw != nil }) { row in
            let id = row.flaw?.id ?? ""
            if !ids.contains(id) { ids.append(id) }
            return id
        }
        return ids.map { ($0, groups[$0] ?? []) }
    }

    /// The flaws that each case catches in any scheme, in the order of the catalogue.
    public var catches: [(kase: Case, flaws: [String])] {
        var found = [String: [String]]()
        for row in rows {
            guard let flaw = row.flaw else { continue }
            for id in row.caughtBy where found[id]?.contains(flaw.id) != true { found[id, default: []].append(flaw.id) }
        }
        return Catalogue.all.map { ($0, found[$0.id] ?? []) }
    }
}

/// Runs against endpoints of our own.
enum SelftestRun {
    /// Certifies an endpoint with some flaws, every level and enforcing hardening too.
    static func report(against scheme: Scheme, flaws: [Flaw]) -> Report {
        let secret = VectorContext.secret(of: scheme)
        let credentials = VectorContext.credentials(of: scheme)
        let endpoint = ReferenceEndpoint(
            schemes: [scheme], secrets: { _ in [secret] }, credentials: { _ in credentials }, flaws: flaws)
        return report(scheme, path: scheme.payloads[0].path) { endpoint.answer($0) }
    }

    /// Certifies whatever a handler does.
    static func report(
        _ scheme: Scheme, path: String, handler: @escaping @Sendable (HTTPRequest) -> ServerAction
    ) -> Report {
        let server = HTTPServer(handler: handler)
        do throws(ServerError) {
            try server.start()
        } catch {
            preconditionFailure("no endpoint of our own can listen on loopback: \(error)")
        }
        let report = report(scheme, port: server.port, path: path)
        server.stop()
        return report
    }

    /// Certifies whoever listens on a port of loopback.
    static func report(_ scheme: Scheme, port: UInt16, path: String) -> Report {
        let url: TargetURL
        do throws(TargetURL.ParseError) {
            url = try TargetURL("http://127.0.0.1:\(port)\(path)")
        } catch {
            preconditionFailure("the path of \(scheme.id) makes no URL: \(error)")
        }
        var configuration = RunConfiguration(scheme: scheme, secret: VectorContext.secret(of: scheme))
        configuration.credentials = VectorContext.credentials(of: scheme)
        configuration.scope = .all
        // Flaws that never answer cost a deadline a probe, so the deadlines run side by side.
        configuration.lanes = 8
        let options = ClientOptions(
            connectTimeout: .seconds(2), sendTimeout: .seconds(2), answerTimeout: .milliseconds(300))
        let plan: Plan
        do throws(RunConfiguration.UnmatchedPattern) {
            plan = try configuration.plan()
        } catch {
            preconditionFailure("a plan without patterns has unmatched ones")
        }
        return Runner(target: HTTPTarget(url: url, options: options), configuration: configuration, plan: plan).run()
    }
}

package import Bytes
package import ReportModel
internal import Schemes

extension JSONReport {
    /// Reads a report back, strictly: a field that may be `null` may be absent, every other must be there and of its
    /// kind, and the totals must be those of the cases. Fields of a later version are ignored.
    ///
    /// - Parameter bytes: the JSON text.
    /// - Returns: the report, and the version of the tool that made it.
    /// - Throws: `JSONProblem` with the JSON pointer of the first thing that is missing or wrong.
    package static func report(from bytes: [UInt8]) throws(JSONProblem) -> (report: Report, version: String) {
        let root: JSONCursor
        do {
            root = JSONCursor(try JSON.parse(bytes))
        } catch {
            throw JSONProblem("", "this is not JSON: \(error)")
        }
        let written = try root["format"].integer() as Int
        guard written == format else {
            throw try root["format"].problem("this is format \(written); this version reads format \(format)")
        }
        let timing = try root["timing"]
        guard let exit = ExitStatus(rawValue: try root["exit"].integer()) else {
            throw try root["exit"].problem("no such exit code")
        }
        var report = Report(
            complete: try root["complete"].bool, exit: exit, run: try run(root["run"]),
            measurements: try measurements(root["measurements"], clock: timing.present("clock")),
            cause: try root.present("cause").map { node throws(JSONProblem) in try readCause(node) } ?? nil,
            cases: try cases(root["cases"], clauses: root["clauses"]), record: try record(timing))
        report.gate = try root.present("gate").map { node throws(JSONProblem) in try readGate(node) }
        report.diagnosis = try root["diagnosis"].list { node throws(JSONProblem) in try readDiagnosis(node) }
        for (name, count) in report.summary.counts {
            let node = try root["summary"][name]
            guard try node.integer() as Int == count else { throw node.problem("the cases make this \(count)") }
        }
        return (report, try root["tool"]["version"].string)
    }

    private static func run(_ node: JSONCursor) throws(JSONProblem) -> Report.RunDescription {
        Report.RunDescription(
            id: try node["id"].string, scheme: try node["scheme"].string, payload: try node["payload"].string,
            target: try node["target"].string, level: try node["level"].choice(), enforce: try node["enforce"].choice(),
            profile: try node["profile"].choice(),
            selection: try node.present("selection").map { node throws(JSONProblem) in try selection(node) }
                ?? Selection(),
            seed: try node["seed"].integer(), vectors: try node["vectors"].string,
            remarks: try node.present("remarks")?.list { node throws(JSONProblem) in try readRemark(node) } ?? [])
    }

    private static func selection(_ node: JSONCursor) throws(JSONProblem) -> Selection {
        Selection(
            only: try node["only"].strings, skip: try node["skip"].strings,
            shard: try node.present("shard").map { node throws(JSONProblem) in
                let count: Int = try node["count"].integer(in: 1...Int.max)
                return Shard(number: try node["number"].integer(in: 1...count), count: count)
            })
    }

    private static func documented(_ node: JSONCursor) throws(JSONProblem) -> Measurements.Documented {
        Measurements.Documented(
            past: try node.present("past")?.integer(), future: try node.present("future")?.integer(),
            grace: try node.present("grace")?.integer(), memory: try node.present("memory")?.integer())
    }

    private static func measurements(
        _ node: JSONCursor, clock: JSONCursor?
    ) throws(JSONProblem) -> Measurements {
        var measurements = Measurements()
        if let clock {
            measurements.clock = Measurements.ClockOffset(
                seconds: try clock["seconds"].double, uncertainty: try clock["uncertainty"].double)
        }
        if let window = node.present("window") {
            measurements.window = Measurements.Window(
                past: try window.present("past")?.integer(), future: try window.present("future")?.integer())
        }
        if let grace = node.present("grace") {
            measurements.grace = Measurements.Grace(
                seconds: try grace["seconds"].integer(), uncertainty: try grace["uncertainty"].integer())
        }
        if let memory = node.present("memory") {
            measurements.memory = Measurements.Memory(
                atLeast: try memory.present("atLeast")?.integer(),
                lessThan: try memory.present("lessThan")?.integer())
        }
        if let limits = node.present("documented") { measurements.documented = try documented(limits) }
        measurements.failed = Set(
            try node.present("failed")?.list { node throws(JSONProblem) in try node.choice() } ?? [])
        for (name, node) in try node.present("transport")?.members ?? [] {
            guard let feature = TransportFeature(rawValue: name) else { throw node.problem("no such feature") }
            measurements.transport[feature] = try readDelivery(node)
        }
        for (id, node) in try node.member("comparisons")?.optional?.members ?? [] {
            measurements.comparisons[id] = try readComparison(node)
        }
        return measurements
    }

    private static func cases(
        _ node: JSONCursor, clauses: JSONCursor
    ) throws(JSONProblem) -> [CaseResult] {
        var known = [String: Clause]()
        for node in try clauses.elements {
            let clause = Clause(
                id: try node["id"].string, text: try node["text"].string, level: try node["level"].choice(),
                place: try node["place"].string,
                topics: try node["topics"].list { node throws(JSONProblem) in try node.choice() })
            guard known.updateValue(clause, forKey: clause.id) == nil else {
                throw try node["id"].problem("the clause appears twice")
            }
        }
        var seen = Set<String>()
        return try node.list { node throws(JSONProblem) in
            let result = try result(node, known)
            guard seen.insert(result.id).inserted else { throw try node["id"].problem("the case appears twice") }
            return result
        }
    }

    private static func result(_ node: JSONCursor, _ known: [String: Clause]) throws(JSONProblem) -> CaseResult {
        var result = CaseResult(
            info: CaseInfo(
                id: try node["id"].string, title: try node["title"].string, level: try node["level"].choice(),
                topic: try node["topic"].choice(), severity: try node["severity"].choice(),
                cwe: try node["cwe"].list { node throws(JSONProblem) in try node.integer() },
                covers: try node["covers"].strings, why: try node["why"].string, fix: try node["fix"].string),
            clauses: try node["clauses"].list { node throws(JSONProblem) in
                guard let clause = known[try node.string] else { throw node.problem("no such clause in \"/clauses\"") }
                return clause
            },
            changes: try changes(node["evidence"]["changes"]), expected: try expected(node["expected"]),
            outcome: try node["outcome"].choice(), impact: try node.present("impact")?.choice(),
            reason: try node.present("reason").map { node throws(JSONProblem) in try readReason(node) } ?? nil,
            observed: try node.present("observed").map { node throws(JSONProblem) in try readObserved(node) },
            control: try node.present("control").map { node throws(JSONProblem) in try readObserved(node) })
        result.excuse = try node.present("excuse").map { node throws(JSONProblem) in try readExcuse(node) }
        return result
    }

    private static func changes(_ node: JSONCursor) throws(JSONProblem) -> Change {
        var changes = Change.nothing
        for node in try node.elements {
            guard let change = Change(word: try node.string) else { throw node.problem("no such aspect of a request") }
            changes.formUnion(change)
        }
        return changes
    }

    private static func expected(_ node: JSONCursor) throws(JSONProblem) -> CaseResult.Expected {
        CaseResult.Expected(
            decision: try node["observation"].choice(),
            statuses: try node["statuses"].list { node throws(JSONProblem) in try node.integer() })
    }

    static func readObserved(_ node: JSONCursor) throws(JSONProblem) -> CaseResult.Observed {
        CaseResult.Observed(
            observation: try node.present("observation")?.choice(), status: try node.present("status")?.integer(),
            failure: try node.present("failure")?.string, effect: try node.present("effect")?.bool)
    }

    private static func record(_ node: JSONCursor) throws(JSONProblem) -> RunRecord {
        var record = RunRecord(
            started: try node["started"].integer(in: 0...endOfYear9999),
            nanoseconds: try node["nanoseconds"].integer(in: 0...longestSpan),
            exchanges: try node["exchanges"].integer(), nonce: try node["nonce"].string)
        for (id, node) in try node.present("evidence")?.members ?? [] {
            record.evidence[id] = RunRecord.Evidence(
                control: try exchange(node.present("control")), probe: try exchange(node.present("probe")),
                message: try node["message"].string, steps: try node.present("steps")?.strings ?? [])
        }
        return record
    }

    private static func exchange(_ node: JSONCursor?) throws(JSONProblem) -> RunRecord.Record? {
        guard let node else { return nil }
        return RunRecord.Record(
            request: try node["request"].string, answer: try node["answer"].string,
            nanoseconds: try node["nanoseconds"].integer(in: 0...longestSpan))
    }

    private static let endOfYear9999: Int64 = 253_402_300_799
    /// In nanoseconds: 36 years.
    private static let longestSpan: UInt64 = 1 << 60
}

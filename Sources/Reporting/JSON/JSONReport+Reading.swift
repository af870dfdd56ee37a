package import Bytes
internal import Catalogue
internal import Harness
package import ReportModel
internal import Schemes

extension JSONReport {
    /// Reads a report back, strictly: every field that `bytes(of:version:)` writes must be there and of its kind, and
    /// the totals must be those of the cases. Fields of a later version are passed over.
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
        let written: Int = try root["format"].integer()
        guard written == format else {
            throw try root["format"].problem("this is format \(written); this version reads format \(format)")
        }
        let timing = try root["timing"]
        let report = Report(
            complete: try root["complete"].bool, exit: try root["exit"].integer(), run: try run(root["run"]),
            measurements: try measurements(root["measurements"], clock: timing["clock"]),
            cause: try root["cause"].optional?.string, cases: try cases(root["cases"], clauses: root["clauses"]),
            timing: try readTiming(timing))
        for (name, count) in report.summary.counts {
            let node = try root["summary"][name]
            guard try node.integer() == count else { throw node.problem("the cases make this \(count)") }
        }
        return (report, try root["tool"]["version"].string)
    }

    private static func run(_ node: JSONCursor) throws(JSONProblem) -> Report.RunDescription {
        Report.RunDescription(
            id: try node["id"].string, scheme: try node["scheme"].string, payload: try node["payload"].string,
            target: try node["target"].string, level: try node["level"].string, enforce: try node["enforce"].string,
            profile: try node["profile"].choice(), seed: try node["seed"].integer(),
            vectors: try node["vectors"].string, remarks: try node["remarks"].strings)
    }

    private static func measurements(
        _ node: JSONCursor, clock: JSONCursor
    ) throws(JSONProblem) -> Measurements {
        var measurements = Measurements()
        if let clock = clock.optional {
            measurements.clock = Measurements.ClockOffset(
                seconds: try clock["seconds"].double, uncertainty: try clock["uncertainty"].double)
        }
        if let window = try node["window"].optional {
            measurements.window = Measurements.Window(
                past: try window["past"].optional?.integer(), future: try window["future"].optional?.integer())
        }
        if let grace = try node["grace"].optional {
            measurements.grace = Measurements.Grace(
                seconds: try grace["seconds"].integer(), uncertainty: try grace["uncertainty"].integer())
        }
        if let memory = try node["memory"].optional {
            measurements.memory = Measurements.Memory(
                atLeast: try memory["atLeast"].optional?.integer(),
                lessThan: try memory["lessThan"].optional?.integer())
        }
        for (name, node) in try node["transport"].members {
            guard let feature = TransportFeature(rawValue: name) else { throw node.problem("no such feature") }
            guard let delivery = Measurements.Delivery(try node.string) else {
                throw node.problem("expected \"delivered\" or \"refused: …\"")
            }
            measurements.transport[feature] = delivery
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
                throw try node["id"].problem("the clause stands here twice")
            }
        }
        var seen = Set<String>()
        return try node.list { node throws(JSONProblem) in
            let result = try result(node, known)
            guard seen.insert(result.id).inserted else { throw try node["id"].problem("the case stands here twice") }
            return result
        }
    }

    private static func result(_ node: JSONCursor, _ known: [String: Clause]) throws(JSONProblem) -> CaseResult {
        CaseResult(
            id: try node["id"].string, family: try node["family"].string, title: try node["title"].string,
            level: try node["level"].choice(), severity: try node["severity"].choice(),
            cwe: try node["cwe"].list { node throws(JSONProblem) in try node.integer() },
            clauses: try node["clauses"].list { node throws(JSONProblem) in
                guard let clause = known[try node.string] else { throw node.problem("no such clause in \"/clauses\"") }
                return clause
            },
            covers: try node["covers"].strings, outcome: try node["outcome"].choice(),
            impact: try node["impact"].optional?.choice(), reason: try node["reason"].optional?.string,
            expected: try expected(node["expected"]),
            observed: try observed(node["observed"]), control: try observed(node["control"]),
            why: try node["why"].string, fix: try node["fix"].string,
            changes: try node["evidence"]["changes"].strings)
    }

    private static func expected(_ node: JSONCursor) throws(JSONProblem) -> CaseResult.Expected {
        let decision = try node["observation"].string
        guard Decision(rawValue: decision) != nil else {
            throw try node["observation"].problem("expected \"accepted\", \"rejected\" or \"either\"")
        }
        return CaseResult.Expected(
            observation: decision,
            statuses: try node["statuses"].list { node throws(JSONProblem) in try node.integer() })
    }

    private static func observed(_ node: JSONCursor) throws(JSONProblem) -> CaseResult.Observed? {
        guard let node = node.optional else { return nil }
        return CaseResult.Observed(
            observation: try node["observation"].optional?.choice(), status: try node["status"].optional?.integer(),
            failure: try node["failure"].optional?.string)
    }

    private static func readTiming(_ node: JSONCursor) throws(JSONProblem) -> RunTiming {
        var timing = RunTiming(
            started: try node["started"].integer(), nanoseconds: try node["nanoseconds"].integer(),
            exchanges: try node["exchanges"].integer(), nonce: try node["nonce"].string)
        for (id, node) in try node["evidence"].members {
            timing.evidence[id] = RunTiming.Evidence(
                control: try record(node["control"]), probe: try record(node["probe"]),
                message: try node["message"].string, steps: try node["steps"].strings)
        }
        return timing
    }

    private static func record(_ node: JSONCursor) throws(JSONProblem) -> RunTiming.Record? {
        guard let node = node.optional else { return nil }
        return RunTiming.Record(
            request: try node["request"].string, answer: try node["answer"].string,
            nanoseconds: try node["nanoseconds"].integer())
    }
}

internal import Bytes
internal import ReportModel

extension JSONReport {
    static func gate(_ gate: Gate?) -> JSON {
        guard let gate else { return .null }
        let baseline: JSON =
            gate.baseline.map { baseline in
                [
                    "run": .string(baseline.run), "new": JSON(baseline.new), "fixed": JSON(baseline.fixed),
                    "unjudged": JSON(baseline.unjudged),
                ]
            } ?? .null
        return ["waivers": .array(gate.waivers.map(problem)), "baseline": baseline]
    }

    private static func problem(_ problem: WaiverProblem) -> JSON {
        let (code, details): (String, JSON) =
            switch problem.kind {
            case .expired: ("expired", .null)
            case .stale: ("stale", .null)
            case .changed(let unmet): ("changed", .string(unmet.text))
            case .unmatched: ("unmatched", .null)
            }
        return [
            "waiver": waiver(problem.waiver), "code": .string(code), "details": details,
            "text": .string(problem.words),
        ]
    }

    private static func waiver(_ waiver: Waiver) -> JSON {
        [
            "case": .string(waiver.caseID), "outcome": .string(waiver.outcome.text), "reason": .string(waiver.reason),
            "owner": .string(waiver.owner), "issue": .string(waiver.issue), "expires": .string(waiver.expires.text),
        ]
    }

    static func excuse(_ excuse: Excuse?) -> JSON {
        switch excuse {
        case nil: .null
        case .waiver(let waiver): ["waiver": self.waiver(waiver)]
        case .baseline(let run): ["baseline": .string(run)]
        }
    }
}

extension JSONReport {
    static func readGate(_ node: JSONCursor) throws(JSONProblem) -> Gate {
        var gate = Gate(waivers: try node["waivers"].list { node throws(JSONProblem) in try readProblem(node) })
        if let baseline = node.present("baseline") {
            gate.baseline = BaselineComparison(
                run: try baseline["run"].string, new: try baseline["new"].strings,
                fixed: try baseline["fixed"].strings, unjudged: try baseline["unjudged"].strings)
        }
        return gate
    }

    private static func readProblem(_ node: JSONCursor) throws(JSONProblem) -> WaiverProblem {
        let kind: WaiverProblem.Kind
        switch try node["code"].string {
        case "expired": kind = .expired
        case "stale": kind = .stale
        case "changed": kind = .changed(try readOutcome(node["details"]))
        case "unmatched": kind = .unmatched
        default: throw try node["code"].problem("no such problem of a waiver")
        }
        return WaiverProblem(waiver: try readWaiver(node["waiver"]), kind: kind)
    }

    static func readExcuse(_ node: JSONCursor) throws(JSONProblem) -> Excuse {
        if let waiver = node.present("waiver") { return .waiver(try readWaiver(waiver)) }
        return .baseline(run: try node["baseline"].string)
    }

    private static func readWaiver(_ node: JSONCursor) throws(JSONProblem) -> Waiver {
        guard let expires = CalendarDay(try node["expires"].string) else {
            throw try node["expires"].problem("expected a day such as \"2027-01-31\"")
        }
        return Waiver(
            caseID: try node["case"].string, outcome: try readOutcome(node["outcome"]),
            reason: try node["reason"].string, owner: try node["owner"].string, issue: try node["issue"].string,
            expires: expires)
    }

    private static func readOutcome(_ node: JSONCursor) throws(JSONProblem) -> PinnedOutcome {
        guard let outcome = PinnedOutcome(try node.string) else { throw node.problem("not an outcome") }
        return outcome
    }
}

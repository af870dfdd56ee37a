internal import Bytes
internal import ReportModel

extension JSONReport {
    static func diagnosis(_ diagnosis: Diagnosis) -> JSON {
        let (kind, name, details) = parts(of: diagnosis.finding)
        return [
            "kind": .string(kind), "flaw": text(name), "explanation": .string(diagnosis.finding.words),
            "explains": JSON(diagnosis.explains), "contradicts": JSON(diagnosis.contradicts), "details": details,
        ]
    }

    private static func parts(of finding: Diagnosis.Finding) -> (kind: String, name: String?, details: JSON) {
        switch finding {
        case .flaws(let flaws):
            let tied = flaws.map { flaw -> JSON in
                ["id": .string(flaw.id), "explanation": .string(flaw.explanation)]
            }
            return ("flaw", flaws.first?.id, ["tied": .array(tied)])
        case .recipe(let finding):
            let alternatives = finding.alternatives.map { JSON.array($0.map(deviation)) }
            let name = finding.alternatives.first.map { $0.map(\.name).joined(separator: "+") }
            return ("recipe", name, ["alternatives": .array(alternatives), "search": search(finding.search)])
        case .noRecipe(let search): return ("no-recipe", nil, ["search": Self.search(search)])
        case .answer(let reading): return ("answer", reading.kind.rawValue, ["detail": text(reading.detail)])
        case .secret(let mistake): return ("secret", mistake.kind.rawValue, ["detail": text(mistake.detail)])
        }
    }

    private static func deviation(_ deviation: Deviation) -> JSON {
        [
            "aspect": .string(deviation.aspect.rawValue), "id": .string(deviation.id),
            "actual": .string(deviation.actual), "documented": .string(deviation.documented),
        ]
    }

    private static func search(_ search: Diagnosis.RecipeSearch) -> JSON {
        [
            "tried": JSON(search.tried), "untried": JSON(search.untried), "requests": JSON(search.requests),
            "end": text(search.end?.rawValue),
        ]
    }
}

extension JSONReport {
    static func readDiagnosis(_ node: JSONCursor) throws(JSONProblem) -> Diagnosis {
        Diagnosis(
            try readFinding(node, details: node["details"]), explains: try node["explains"].strings,
            contradicts: try node["contradicts"].strings)
    }

    private static func readFinding(
        _ node: JSONCursor, details: JSONCursor
    ) throws(JSONProblem) -> Diagnosis.Finding {
        switch try node["kind"].string {
        case "flaw":
            return .flaws(
                try details["tied"].list { node throws(JSONProblem) in
                    Diagnosis.Flaw(id: try node["id"].string, explanation: try node["explanation"].string)
                })
        case "recipe":
            let alternatives = try details["alternatives"].list { node throws(JSONProblem) in
                try node.list { node throws(JSONProblem) in try readDeviation(node) }
            }
            return .recipe(
                Diagnosis.RecipeFinding(alternatives: alternatives, search: try readSearch(details["search"])))
        case "no-recipe": return .noRecipe(try readSearch(details["search"]))
        case "answer":
            return .answer(AnswerReading(try node["flaw"].choice(), detail: try details.present("detail")?.string))
        case "secret":
            return .secret(SecretMistake(try node["flaw"].choice(), detail: try details.present("detail")?.string))
        default: throw try node["kind"].problem("no such kind of diagnosis")
        }
    }

    private static func readDeviation(_ node: JSONCursor) throws(JSONProblem) -> Deviation {
        Deviation(
            try node["aspect"].choice(), try node["id"].string, actual: try node["actual"].string,
            documented: try node["documented"].string)
    }

    private static func readSearch(_ node: JSONCursor) throws(JSONProblem) -> Diagnosis.RecipeSearch {
        Diagnosis.RecipeSearch(
            tried: try node["tried"].integer(), untried: try node["untried"].integer(),
            requests: try node["requests"].integer(), end: try node.present("end")?.choice())
    }
}

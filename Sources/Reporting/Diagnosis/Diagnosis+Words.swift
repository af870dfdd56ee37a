package import ReportModel

extension Deviation {
    /// Its aspect and id, such as `body/python`.
    package var name: String { "\(aspect.rawValue)/\(id)" }

    /// What is used and what the document says, as a clause.
    package var words: String { "\(actual); the document says \(documented)" }
}

extension Diagnosis.Finding {
    /// What it tells the owner of an endpoint.
    package var words: String {
        switch self {
        case .flaws(let flaws): return flaws.first?.explanation ?? ""
        case .recipe(let finding): return finding.words
        case .noRecipe(let search): return "No recipe fits: \(search.words)."
        case .answer(let reading): return reading.words
        case .secret(let mistake): return mistake.words
        }
    }
}

extension Diagnosis.RecipeFinding {
    /// What the target verifies, and what the document says.
    var words: String {
        guard let first = alternatives.first, !first.isEmpty else { return "" }
        let used = Self.list(first.map(\.actual))
        let documented = Self.list(first.map(\.documented))
        let change = Self.list(first.map(\.aspect.change))
        let others =
            alternatives.count > 1 ? " No request can tell this from \(counted(alternatives.count - 1, "other")): " : ""
        let names = alternatives.dropFirst().map { Self.list($0.map(\.actual)) }.joined(separator: "; or ")
        return "Your endpoint verifies \(used). The document says \(documented). To do: \(change)."
            + (others.isEmpty ? "" : others + names + ".")
    }

    private static func list(_ parts: [String]) -> String { parts.joined(separator: ", and ") }
}

extension Deviation.Aspect {
    /// What to change, as an imperative.
    package var change: String {
        switch self {
        case .body: "verify the bytes of the body as they arrive, before anything parses them"
        case .timestamp: "use the timestamp exactly as it is sent"
        case .message: "put together the signed message as the document does"
        case .key: "make the key from the secret as the document does"
        case .algorithm: "use the documented function"
        case .encoding: "compare signatures in the documented encoding"
        case .header: "read the signature where the document puts it, and answer whoever sends it"
        case .scheme: "verify this scheme, or run with --scheme of the other one"
        }
    }
}

extension Diagnosis.RecipeSearch {
    /// What was tried, as a clause.
    package var words: String {
        let count = "\(counted(tried, "recipe")) tried with \(counted(requests, "request"))"
        let rest = untried > 0 ? ", \(untried) not tried" : ""
        let reason: String? =
            switch end {
            case .limit: "the limit of requests was reached"
            case .limited: "the target limits the rate of requests"
            case .lost: "the target stopped answering"
            case .unsteady: "the target's verdicts do not follow from the requests"
            case .interrupted: "the run was interrupted"
            case nil: nil
            }
        return count + rest + (reason.map { " (\($0))" } ?? "")
    }
}

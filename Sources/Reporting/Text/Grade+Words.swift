internal import ReportModel

extension Grade {
    /// What the grade says of an endpoint.
    var words: String {
        switch self {
        case .a: "every case was as expected"
        case .b: "only recommendations were not met"
        case .c: "valid requests were refused, an answer was wrong, or a request was not survived"
        case .d: "a forgery of medium or lower severity was accepted, or an answer revealed something"
        case .f: "a forgery of high or critical severity was accepted"
        }
    }

    /// How a grade is found, as sentences after the list of grades.
    static let rule =
        "The worst failure decides. A waived failure counts like any other. There is no grade better than F without a "
        + "complete run of the standard profile with recommendations, in which no case was left out and none was "
        + "inconclusive."
}

extension Report {
    /// The verdict as a sentence.
    var verdictWords: String {
        switch exit {
        case .success:
            let waived = summary.waived
            if waived > 0 { return "Conformant, except for \(counted(waived, "waived case"))." }
            return "Conformant: every enforced case is as expected."
        case .failure:
            let failures = cases(.fail)
            let harms = Impact.allCases.compactMap { impact -> String? in
                let count = failures.count { $0.impact == impact }
                return count > 0 ? "\(count) \(impact.words(count))" : nil
            }
            guard !failures.isEmpty else { return "Not conformant: \(meaning)." }
            let total = counted(failures.count, "case")
            return "Not conformant: \(total) failed (\(harms.joined(separator: ", ")))."
        case .inconclusive:
            return "Inconclusive: \(cause?.words ?? counted(summary.inconclusive, "case") + " could not be judged")."
        case .interrupted, .terminated: return "Interrupted: the run did not finish."
        default: return "No verdict: \(exit.meaning)."
        }
    }
}

extension Impact {
    /// The harm as a noun in the plural or singular.
    func words(_ count: Int) -> String {
        switch self {
        case .forgery: count == 1 ? "forgery accepted" : "forgeries accepted"
        case .refusal: count == 1 ? "valid request refused" : "valid requests refused"
        case .crash: count == 1 ? "crash" : "crashes"
        case .contract: count == 1 ? "wrong answer" : "wrong answers"
        case .leak: count == 1 ? "leak" : "leaks"
        case .loss: count == 1 ? "delivery lost" : "deliveries lost"
        }
    }
}

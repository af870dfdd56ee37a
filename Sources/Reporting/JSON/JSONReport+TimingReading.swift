internal import Bytes
internal import Timing

// Measurements of time, read back.
extension JSONReport {
    static func readComparison(_ node: JSONCursor) throws(JSONProblem) -> TimingResult {
        let classes = try node["classes"].list { node throws(JSONProblem) in
            RequestClass(
                try node["name"].string, try node["role"].choice(), position: try node.present("position")?.integer())
        }
        guard let experiment = Experiment(classes: classes) else {
            throw try node["classes"].problem("these are the classes of no experiment")
        }
        return TimingResult(
            experiment: experiment, threshold: try node.present("threshold")?.double,
            seed: try node["seed"].integer(), verdict: try verdict(node["verdict"]),
            looks: try node["looks"].list { node throws(JSONProblem) in try look(node) },
            confirmation: try node.present("confirmation").map { node throws(JSONProblem) in try look(node) },
            rig: try rig(node["rig"]),
            shape: try node.present("distribution").map { node throws(JSONProblem) in try shape(node) })
    }

    private static func verdict(_ node: JSONCursor) throws(JSONProblem) -> TimingVerdict {
        let details = try node["details"]
        switch try node["code"].string {
        case "no-leak": return .noLeak(above: try details.double)
        case "inconclusive": return .inconclusive(try doubt(details))
        case "leak":
            return .leak(
                TimingVerdict.Leak(
                    found: try finding(details["found"]), position: try details.present("position")?.integer(),
                    shape: try details.present("shape")?.choice(),
                    nanosecondsPerSymbol: try details.present("perSymbol")?.double,
                    size: try details.present("size")?.choice()))
        default: throw try node["code"].problem("no such verdict")
        }
    }

    private static func doubt(_ node: JSONCursor) throws(JSONProblem) -> TimingDoubt {
        let code = try node["code"]
        switch try code.string {
        case "too-wide":
            return .tooWide(
                bound: try node["bound"].double, tuples: try node["tuples"].integer(),
                needed: try node["needed"].integer())
        case "no-threshold":
            return .noThreshold(bound: try node["bound"].double, tuples: try node["tuples"].integer())
        case "interrupted":
            return .interrupted(bound: try node.present("bound")?.double, tuples: try node["tuples"].integer())
        case "delay-lost":
            return .delayLost(applied: try node["applied"].double, measured: try node["measured"].double)
        case "not-confirmed": return .notConfirmed(contrast: try node["class"].string)
        case "other-answers": return .otherAnswers(name: try node["class"].string)
        case "budget": return .budget(fewest: try node["fewest"].integer())
        default:
            let plain: [TimingDoubt] = [
                .repetitionDiffers, .accepted, .undecided, .lengths, .limited, .connections, .unanswered, .clock,
            ]
            let text = try code.string
            guard let doubt = plain.first(where: { $0.code == text }) else { throw code.problem("no such reason") }
            return doubt
        }
    }

    private static func look(_ node: JSONCursor) throws(JSONProblem) -> Look {
        Look(
            tuples: try node["tuples"].integer(),
            contrasts: try node["contrasts"].list { node throws(JSONProblem) in try finding(node) },
            repetition: try estimate(node["repetition"]), delayed: try estimate(node["delayed"]),
            appliedDelay: try node["appliedDelay"].double)
    }

    private static func finding(_ node: JSONCursor) throws(JSONProblem) -> Look.Finding {
        Look.Finding(
            name: try node["name"].string, position: try node.present("position")?.integer(),
            estimate: try estimate(node["estimate"]))
    }

    private static func estimate(_ node: JSONCursor) throws(JSONProblem) -> Estimate {
        Estimate(
            tuples: try node["tuples"].integer(), clip: try node["clip"].double, z: try node["z"].double,
            effect: try node["effect"].double, low: try node["low"].double, high: try node["high"].double,
            standardError: try node["standardError"].double, signProbability: try node["signProbability"].double,
            critical: try node["critical"].double)
    }

    private static func rig(_ node: JSONCursor) throws(JSONProblem) -> TimingResult.Rig {
        var rig = TimingResult.Rig()
        rig.requests = try node["requests"].integer()
        rig.droppedTuples = try node["droppedTuples"].integer()
        rig.runs = try node["runs"].integer()
        rig.median = try node["median"].double
        rig.percentile99 = try node["percentile99"].double
        rig.clockStep = try node.present("clockStep")?.double
        rig.autocorrelation = try node["autocorrelation"].double
        rig.autocorrelationOfDifferences = try node["autocorrelationOfDifferences"].double
        rig.slotMeans = try numbers(node["slotMeans"])
        return rig
    }

    private static func shape(_ node: JSONCursor) throws(JSONProblem) -> TimesShape {
        TimesShape(
            repetition: try numbers(node["percentilesOfRepetition"]), probe: try numbers(node["percentilesOfProbe"]),
            probeName: try node["probe"].string, drift: try numbers(node["drift"]))
    }

    private static func numbers(_ node: JSONCursor) throws(JSONProblem) -> [Double] {
        try node.list { node throws(JSONProblem) in try node.double }
    }
}

internal import Bytes
internal import Timing

// Measurements of time, written.
extension JSONReport {
    static func comparisons(_ results: [String: TimingResult]) -> JSON {
        let sorted = results.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return .object(sorted.map { JSON.Member($0.key, comparison($0.value)) })
    }

    private static func comparison(_ result: TimingResult) -> JSON {
        let classes = result.experiment.classes.map { value -> JSON in
            ["name": .string(value.name), "role": .string(value.role.rawValue), "position": whole(value.position)]
        }
        return [
            "classes": .array(classes),
            "threshold": number(result.threshold),
            "seed": .number(String(result.seed)),
            "verdict": verdict(result.verdict),
            "looks": .array(result.looks.map(look)),
            "confirmation": result.confirmation.map(look) ?? .null,
            "rig": rig(result.rig),
            "distribution": result.shape.map(shape) ?? .null,
        ]
    }

    private static func verdict(_ verdict: TimingVerdict) -> JSON {
        let details: JSON
        switch verdict {
        case .noLeak(let bound): details = number(bound)
        case .inconclusive(let doubt): details = self.doubt(doubt)
        case .leak(let leak):
            details = [
                "found": finding(leak.found),
                "position": whole(leak.position),
                "shape": leak.shape.map { .string($0.rawValue) } ?? .null,
                "perSymbol": number(leak.nanosecondsPerSymbol),
                "size": leak.size.map { .string($0.rawValue) } ?? .null,
            ]
        }
        return ["code": .string(verdict.code), "details": details, "text": .string(verdict.words)]
    }

    private static func doubt(_ doubt: TimingDoubt) -> JSON {
        var members: [JSON.Member] = [JSON.Member("code", .string(doubt.code))]
        func add(_ name: String, _ value: JSON) { members.append(JSON.Member(name, value)) }
        switch doubt {
        case .tooWide(let bound, let tuples, let needed):
            add("bound", number(bound))
            add("tuples", JSON(tuples))
            add("needed", JSON(needed))
        case .noThreshold(let bound, let tuples):
            add("bound", number(bound))
            add("tuples", JSON(tuples))
        case .interrupted(let bound, let tuples):
            add("bound", number(bound))
            add("tuples", JSON(tuples))
        case .delayLost(let applied, let measured):
            add("applied", number(applied))
            add("measured", number(measured))
        case .notConfirmed(let name), .otherAnswers(let name): add("class", .string(name))
        case .budget(let fewest): add("fewest", JSON(fewest))
        case .repetitionDiffers, .accepted, .undecided, .lengths, .limited, .connections, .unanswered, .clock: break
        }
        return .object(members)
    }

    private static func look(_ look: Look) -> JSON {
        [
            "tuples": JSON(look.tuples),
            "contrasts": .array(look.contrasts.map(finding)),
            "repetition": estimate(look.repetition),
            "delayed": estimate(look.delayed),
            "appliedDelay": number(look.appliedDelay),
        ]
    }

    private static func finding(_ finding: Look.Finding) -> JSON {
        [
            "name": .string(finding.name),
            "position": whole(finding.position),
            "estimate": estimate(finding.estimate),
        ]
    }

    private static func estimate(_ estimate: Estimate) -> JSON {
        [
            "tuples": JSON(estimate.tuples),
            "effect": number(estimate.effect),
            "low": number(estimate.low),
            "high": number(estimate.high),
            "standardError": number(estimate.standardError),
            "z": number(estimate.z),
            "critical": number(estimate.critical),
            "clip": number(estimate.clip),
            "signProbability": number(estimate.signProbability),
        ]
    }

    private static func rig(_ rig: TimingResult.Rig) -> JSON {
        [
            "requests": JSON(rig.requests),
            "droppedTuples": JSON(rig.droppedTuples),
            "runs": JSON(rig.runs),
            "median": number(rig.median),
            "percentile99": number(rig.percentile99),
            "clockStep": number(rig.clockStep),
            "autocorrelation": number(rig.autocorrelation),
            "autocorrelationOfDifferences": number(rig.autocorrelationOfDifferences),
            "slotMeans": .array(rig.slotMeans.map { number($0) }),
        ]
    }

    private static func shape(_ shape: TimesShape) -> JSON {
        [
            "probe": .string(shape.probeName),
            "percentilesOfProbe": .array(shape.probe.map { number($0) }),
            "percentilesOfRepetition": .array(shape.repetition.map { number($0) }),
            "drift": .array(shape.drift.map { number($0) }),
        ]
    }

    private static func whole(_ number: Int?) -> JSON { number.map { JSON($0) } ?? .null }

    /// JSON cannot express numbers that are not finite.
    private static func number(_ number: Double?) -> JSON {
        number.flatMap { $0.isFinite ? .number(String($0)) : nil } ?? .null
    }
}

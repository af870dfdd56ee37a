internal import Bytes
internal import ReportModel

// A reason is written in words for people and as a code with details for machines; only the code is read back.
extension JSONReport {
    static func reason(_ reason: Reason?) -> JSON {
        guard let reason else { return .null }
        let (code, details) = code(of: reason)
        return ["code": .string(code), "details": details, "text": .string(reason.words())]
    }

    private static func code(of reason: Reason) -> (String, JSON) {
        switch reason {
        case .skipped(let skip): code(of: skip)
        case .inconclusive(let doubt): code(of: doubt)
        case .controlRefused(let observed): ("control-refused", Self.observed(observed))
        case .unsteady(let unsteadiness): code(of: unsteadiness)
        case .refusalHabit(let observed): ("refusal-habit", Self.observed(observed))
        case .refusedWithEffect: ("refused-with-effect", .null)
        case .acceptedWithoutEffect(let count): ("accepted-without-effect", JSON(count))
        case .disclosed(.internals(let page)): ("discloses-internals", .string(page))
        case .disclosed(.secret): ("discloses-secret", .null)
        case .disclosed(.rightSignature): ("discloses-right-signature", .null)
        case .gone(let departure): ("target-gone", .string(departure.rawValue))
        case .finding(let text): ("finding", .string(text))
        }
    }

    private static func code(of unsteadiness: Unsteadiness) -> (String, JSON) {
        switch unsteadiness {
        case .bothWays: ("verdicts-both-ways", .null)
        case .wrongSignatureAccepted: ("wrong-signature-accepted", .null)
        case .validRefused(let observed): ("valid-refused", Self.observed(observed))
        }
    }

    private static func code(of reason: SkipReason) -> (String, JSON) {
        switch reason {
        case .notApplicable(let scheme): ("not-applicable", .string(scheme))
        case .notGiven(let facility): ("not-given", .string(facility.rawValue))
        case .notDelivered(let feature, let observed):
            ("not-delivered", ["feature": .string(feature.rawValue), "observed": Self.observed(observed)])
        case .nothingToChange: ("nothing-to-change", .null)
        case .slow(let seconds): ("slow", .number(String(seconds)))
        case .tooLong(let seconds): ("too-long", .number(String(seconds)))
        case .statusOnly: ("status-only", .null)
        case .noEffect(let payload): ("no-effect", .string(payload))
        case .firstFailure: ("first-failure", .null)
        case .interrupted: ("interrupted-before", .null)
        case .outOfTime: ("out-of-time-before", .null)
        case .toldBy(let id): ("told-by", .string(id))
        case .needsStagedAnswer: ("needs-staged-answer", .null)
        case .notRecorded(let what): ("not-recorded", .string(what.rawValue))
        case .moot(let words): ("moot", .string(words))
        }
    }

    private static func code(of doubt: Doubt) -> (String, JSON) {
        switch doubt {
        case .notBegun(let cause): ("not-begun", Self.cause(cause))
        case .targetLost: ("target-lost", .null)
        case .lockedOut: ("locked-out", .null)
        case .limited(let observed): ("limited", Self.observed(observed))
        case .unsteady: ("unsteady", .null)
        case .controlNotAccepted(let observed): ("control-not-accepted", Self.observed(observed))
        case .notReached(let observed): ("not-reached", Self.observed(observed))
        case .void: ("void", .null)
        case .answerCut: ("answer-cut", .null)
        case .bytesLost: ("bytes-lost", .null)
        case .notRepeated(let finding): ("not-repeated", .string(finding))
        case .seenOnce(let observed): ("seen-once", Self.observed(observed))
        case .obstacle(let words): ("obstacle", .string(words))
        case .interrupted: ("interrupted", .null)
        case .outOfTime: ("out-of-time", .null)
        }
    }

    static func cause(_ cause: Cause?) -> JSON {
        guard let cause else { return .null }
        let (code, details): (String, JSON) =
            switch cause {
            case .nothingSelected: ("nothing-selected", .null)
            case .nothingRefused: ("nothing-refused", .null)
            case .validRequest(let observed): ("valid-request", Self.observed(observed))
            case .limited(let observed): ("limited", Self.observed(observed))
            case .verdictsIndependent: ("verdicts-independent", .null)
            case .tooFew(let judged, let minimum):
                ("too-few-cases", ["judged": JSON(judged), "minimum": JSON(minimum)])
            case .noDelivery(let reason): ("no-delivery", .string(reason))
            case .outOfTime: ("out-of-time", .null)
            }
        return ["code": .string(code), "details": details, "text": .string(cause.words)]
    }

    static func remark(_ remark: Remark) -> JSON {
        let (code, details): (String, JSON) =
            switch remark {
            case .certificateNotVerified: ("certificate-not-verified", .null)
            case .configured(let file, let options):
                ("configured", ["file": .string(file), "options": JSON(options)])
            case .secretReplaced(let times): ("secret-replaced", JSON(times))
            case .rateLimited: ("rate-limited", .null)
            case .connectionOutOfStep: ("connection-out-of-step", .null)
            case .dateNotAccelerated: ("date-not-accelerated", .null)
            case .notBack: ("not-back", .null)
            case .recorded(let requests, let leftOut, let bytesLost):
                ("recorded", ["requests": JSON(requests), "leftOut": JSON(leftOut), "bytesLost": JSON(bytesLost)])
            case .scheduled(let seconds): ("scheduled", .array(seconds.map { JSON($0) }))
            case .notRemoved(let what): ("not-removed", .string(what))
            }
        return ["code": .string(code), "details": details, "text": .string(remark.words)]
    }

    static func delivery(_ delivery: Measurements.Delivery) -> JSON {
        switch delivery {
        case .delivered: "delivered"
        case .refused(let observed): ["refused": Self.observed(observed)]
        }
    }
}

extension JSONCursor {
    /// The value of the member with a key; `null` when there is none.
    fileprivate func memberOrNull(_ key: String) -> JSONCursor {
        member(key) ?? JSONCursor(.null, pointer: "\(pointer)/\(key)")
    }
}

extension JSONReport {
    static func readReason(_ node: JSONCursor) throws(JSONProblem) -> Reason? {
        guard let node = node.optional else { return nil }
        let details = node.memberOrNull("details")
        let code = try node["code"].string
        switch code {
        case "control-refused": return .controlRefused(try readObserved(details))
        case "verdicts-both-ways": return .unsteady(.bothWays)
        case "wrong-signature-accepted": return .unsteady(.wrongSignatureAccepted)
        case "valid-refused": return .unsteady(.validRefused(try readObserved(details)))
        case "refusal-habit": return .refusalHabit(try readObserved(details))
        case "refused-with-effect": return .refusedWithEffect
        case "accepted-without-effect": return .acceptedWithoutEffect(try details.integer())
        case "discloses-internals": return .disclosed(.internals(try details.string))
        case "discloses-secret": return .disclosed(.secret)
        case "discloses-right-signature": return .disclosed(.rightSignature)
        case "target-gone": return .gone(try details.choice())
        case "finding": return .finding(try details.string)
        default: break
        }
        if let skip = try skipReason(code, details) { return .skipped(skip) }
        if let doubt = try doubt(code, details) { return .inconclusive(doubt) }
        throw try node["code"].problem("no such reason")
    }

    private static func skipReason(_ code: String, _ details: JSONCursor) throws(JSONProblem) -> SkipReason? {
        switch code {
        case "not-applicable": .notApplicable(try details.string)
        case "not-given": .notGiven(try details.choice())
        case "not-delivered":
            .notDelivered(try details["feature"].choice(), try readObserved(details["observed"]))
        case "nothing-to-change": .nothingToChange
        case "slow": .slow(seconds: try details.integer())
        case "too-long": .tooLong(seconds: try details.integer())
        case "status-only": .statusOnly
        case "no-effect": .noEffect(payload: try details.string)
        case "first-failure": .firstFailure
        case "interrupted-before": .interrupted
        case "out-of-time-before": .outOfTime
        case "told-by": .toldBy(try details.string)
        case "needs-staged-answer": .needsStagedAnswer
        case "not-recorded": .notRecorded(try details.choice())
        case "moot": .moot(try details.string)
        default: nil
        }
    }

    private static func doubt(_ code: String, _ details: JSONCursor) throws(JSONProblem) -> Doubt? {
        switch code {
        case "not-begun": try readCause(details).map(Doubt.notBegun)
        case "target-lost": .targetLost
        case "locked-out": .lockedOut
        case "limited": .limited(try readObserved(details))
        case "unsteady": .unsteady
        case "control-not-accepted": .controlNotAccepted(try readObserved(details))
        case "not-reached": .notReached(try readObserved(details))
        case "void": .void
        case "answer-cut": .answerCut
        case "bytes-lost": .bytesLost
        case "not-repeated": .notRepeated(try details.string)
        case "seen-once": .seenOnce(try readObserved(details))
        case "obstacle": .obstacle(try details.string)
        case "interrupted": .interrupted
        case "out-of-time": .outOfTime
        default: nil
        }
    }

    static func readCause(_ node: JSONCursor) throws(JSONProblem) -> Cause? {
        guard let node = node.optional else { return nil }
        switch try node["code"].string {
        case "nothing-selected": return .nothingSelected
        case "nothing-refused": return .nothingRefused
        case "valid-request": return .validRequest(try readObserved(node.memberOrNull("details")))
        case "limited": return .limited(try readObserved(node["details"]))
        case "verdicts-independent": return .verdictsIndependent
        case "too-few-cases":
            let details = try node["details"]
            return .tooFew(judged: try details["judged"].integer(), minimum: try details["minimum"].integer())
        case "no-delivery": return .noDelivery(try node["details"].string)
        case "out-of-time": return .outOfTime
        default: throw try node["code"].problem("no such cause")
        }
    }

    static func readRemark(_ node: JSONCursor) throws(JSONProblem) -> Remark {
        let details = node.memberOrNull("details")
        switch try node["code"].string {
        case "certificate-not-verified": return .certificateNotVerified
        case "configured":
            return .configured(file: try details["file"].string, options: try details["options"].strings)
        case "secret-replaced": return .secretReplaced(times: try details.integer())
        case "rate-limited": return .rateLimited
        case "connection-out-of-step": return .connectionOutOfStep
        case "date-not-accelerated": return .dateNotAccelerated
        case "not-back": return .notBack
        case "recorded":
            return .recorded(
                requests: try details["requests"].integer(), leftOut: try details["leftOut"].integer(),
                bytesLost: try details["bytesLost"].integer())
        case "scheduled":
            return .scheduled(seconds: try details.list { node throws(JSONProblem) in try node.integer() })
        case "not-removed": return .notRemoved(try details.string)
        default: throw try node["code"].problem("no such remark")
        }
    }

    static func readDelivery(_ node: JSONCursor) throws(JSONProblem) -> Measurements.Delivery {
        if node.value.string == "delivered" { return .delivered }
        return .refused(try readObserved(node["refused"]))
    }
}

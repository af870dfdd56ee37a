/// The reason for a result.
package enum Reason: Sendable, Hashable {
    /// Why the case was not run, or proves nothing here.
    case skipped(SkipReason)
    /// Why the case could not be judged.
    case inconclusive(Doubt)
    /// The control, a valid request, was rejected while others were accepted.
    case controlRefused(CaseResult.Observed)
    /// How the verdicts of the run showed that they do not follow from the requests.
    case unsteady(Unsteadiness)
    /// Every wrong signature is answered in this way, which is no refusal by itself.
    case refusalHabit(CaseResult.Observed)
    /// The request was refused, and took effect all the same.
    case refusedWithEffect
    /// So many requests were answered as accepted, and took no effect.
    case acceptedWithoutEffect(Int)
    /// The answer to some request, which the target failed on, reveals this.
    case disclosed(Disclosure)
    /// After this request the target answered no valid one.
    case gone(Departure)
    /// What a scenario found, in its own words; without secrets, and the same in every run.
    case finding(String)
}

/// What an answer reveals.
package enum Disclosure: Sendable, Hashable {
    /// A stack trace, or a page for developers, by its name in words.
    case internals(String)
    /// The secret that signs.
    case secret
    /// The signature that would have been right.
    case rightSignature

    /// What kind of thing, the worst last.
    package enum Kind: String, Sendable, Hashable, CaseIterable, Comparable {
        case internals
        case secret
        case rightSignature = "right-signature"

        /// Orders by how bad it is.
        package static func < (left: Kind, right: Kind) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .internals: 0
            case .secret: 1
            case .rightSignature: 2
            }
        }
    }

    /// What kind of thing it is.
    package var kind: Kind {
        switch self {
        case .internals: .internals
        case .secret: .secret
        case .rightSignature: .rightSignature
        }
    }
}

/// How it is known which request ended the target.
package enum Departure: String, Sendable, Hashable, CaseIterable {
    /// The target came back, and the same request ended it again.
    case again
    /// The target did not come back, so that nothing could be sent again.
    case forGood = "for-good"
}

/// How a target showed that its verdicts do not follow from what it is sent.
package enum Unsteadiness: Sendable, Hashable {
    /// A wrong signature was accepted at one time and refused at another.
    case bothWays
    /// A wrong signature in an otherwise valid request was accepted each time.
    case wrongSignatureAccepted
    /// A valid request was refused, in this way, and one like it was accepted right after.
    case validRefused(CaseResult.Observed)
}

/// Why a case was skipped.
package enum SkipReason: Sendable, Hashable {
    /// The case does not apply to the scheme with this name.
    case notApplicable(String)
    /// The user did not give what the case needs.
    case notGiven(Facility)
    /// The path to the endpoint rejects requests of this form even when they are valid.
    case notDelivered(TransportFeature, CaseResult.Observed)
    /// The user's body contains nothing that the case can change.
    case nothingToChange
    /// The case waits this many seconds, and slow cases were excluded.
    case slow(seconds: Int64)
    /// The document's time, in seconds, exceeds the longest wait of a run.
    case tooLong(seconds: Int64)
    /// The request was accepted, but its effect can't be observed.
    case statusOnly
    /// The payload with this id has no effect that can be counted.
    case noEffect(payload: String)
    /// The run stopped at its first failure.
    case firstFailure
    /// The run was interrupted.
    case interrupted
    /// The time for the run was over.
    case outOfTime
    /// The case with this id tells the same.
    case toldBy(String)
    /// The case judges what follows an answer that it chooses, and a recording has other answers.
    case needsStagedAnswer
    /// The recording does not contain what the case compares.
    case notRecorded(Recordable)
    /// What was observed makes the question meaningless, in the case's own words.
    case moot(String)
}

/// What a recording of a sender may contain.
package enum Recordable: String, Sendable, Hashable, CaseIterable {
    /// Two events.
    case twoEvents = "two-events"
    /// Several attempts at one delivery.
    case attempts
    /// Several attempts at one delivery, each of which failed, but for the last.
    case failedAttempts = "failed-attempts"
}

/// Why a case is inconclusive.
package enum Doubt: Sendable, Hashable {
    /// Nothing was sent, because the run could not begin.
    case notBegun(Cause)
    /// Nothing was sent, because the target no longer accepts valid requests.
    case targetLost
    /// Nothing was sent, because the target came to refuse every valid request.
    case lockedOut
    /// The target limited the rate of requests, and waiting did not help.
    case limited(CaseResult.Observed)
    /// The target refuses valid requests now and then, and this refusal was one of them or can't be told from them.
    case unsteady
    /// The control was not accepted.
    case controlNotAccepted(CaseResult.Observed)
    /// The probe did not reach the target.
    case notReached(CaseResult.Observed)
    /// After this probe the target no longer accepted a valid request.
    case void
    /// The part of the answer that was not kept may contain what must not be in it.
    case answerCut
    /// The recording lost bytes of the bodies that the finding is about.
    case bytesLost
    /// A finding that could not be reproduced, in the case's own words.
    case notRepeated(String)
    /// The answer to the probe, which was another one when the probe was sent again.
    case seenOnce(CaseResult.Observed)
    /// An obstacle, in the words of whatever met it.
    case obstacle(String)
    /// The run was interrupted.
    case interrupted
    /// The time for the run was over.
    case outOfTime
}

/// Why a run as a whole is inconclusive.
package enum Cause: Sendable, Hashable {
    /// No case was selected.
    case nothingSelected
    /// No case showed that the target rejects anything.
    case nothingRefused
    /// The plain valid request was not accepted.
    case validRequest(CaseResult.Observed)
    /// The target limited the rate of requests before it accepted one.
    case limited(CaseResult.Observed)
    /// The verdicts do not depend on the request.
    case verdictsIndependent
    /// Fewer cases were judged than the user demands.
    case tooFew(judged: Int, minimum: Int)
    /// No delivery arrived, for the reason given.
    case noDelivery(String)
    /// The time for the run was over before it was finished.
    case outOfTime
}

/// What a user may give a run so that cases can observe and do more.
package enum Facility: String, Sendable, Hashable, CaseIterable {
    /// A way to count effects.
    case effects
    /// A way to replace the secret.
    case rotation
    /// Another bridge.
    case secondBridge = "second-bridge"
    /// Access to the administrative interface of the scheme's document.
    case administration
    /// A key set that the target fetches from the run.
    case keySet = "key-set"
    /// A way to choose the text of an event.
    case eventText = "event-text"
    /// An authority for certificates that the sender trusts.
    case authority
    /// Another receiver that is registered with the sender, with a secret of its own.
    case secondRegistration = "second-registration"
    /// A sender on this machine, which may be asked to deliver to addresses inside it.
    case internalAddresses = "internal-addresses"
}

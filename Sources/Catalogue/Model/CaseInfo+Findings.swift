package import ReportModel

// What a crash means is another matter than what its case is about, and the same for all cases. So it is with the
// acceptance of a request whose refusal was to be looked at.
extension CaseInfo {
    /// Tells of an endpoint that accepted a request whose refusal must not reveal anything.
    package mutating func tellOfAcceptance() {
        severity = .high
        cwe = [347]
        why = "The request does not verify, and yet was accepted: there is no refusal whose text could be looked at."
        fix = "Refuse the request, as every other that does not verify."
    }

    /// Tells of an endpoint that failed on the case's request.
    package mutating func tellOfCrash() {
        severity = .medium
        cwe = [248, 755]
        why =
            "An error that nothing catches is at the command of anyone who can reach the endpoint, and leaves work half "
            + "done. Senders take it for an outage: they repeat the request for hours, and some give the endpoint up."
        fix =
            "Send the request again and read the endpoint's log. Catch the error where the request is read, and "
            + "answer with the status for refusals; if the request is valid, accept it."
    }

    /// Tells of an endpoint that did not answer the case's request.
    package mutating func tellOfSilence() {
        severity = .medium
        cwe = [772, 400]
        why =
            "Each request without an answer holds a connection open, so anyone can use them up. Senders wait for "
            + "their deadline, and repeat the request for hours."
        fix =
            "Find what the request makes the endpoint wait for or repeat without end, and answer each request, with "
            + "the status for refusals if it does not verify."
    }

    /// Tells of an endpoint that was gone after the case's request.
    package mutating func tellOfEnd() {
        severity = .high
        level = .must
        cwe = [248, 400]
        why = "One such request ends the service for everybody. If its sender needs no secret, anyone can keep it down."
        fix =
            "Send the request again and read the log of the endpoint and of what runs it. Catch the error, also where "
            + "it comes after the answer: in a callback, a promise that nobody awaits, another thread or native code."
    }
}

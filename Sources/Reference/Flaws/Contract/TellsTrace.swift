internal import ReportModel
internal import Transport

extension Flaw {
    static let tellsTrace = Flaw(
        "tells-trace", covers: ["J02"], caughtBy: ["contract/*"],
        "It puts a stack trace in its refusals.",
        explanation: "Your endpoint's refusal holds a stack trace, with file names and libraries of your system."
    ) { behaviour in
        behaviour.changesRefusal { answer, _ in
            answer = .text(
                answer.status,
                "Traceback (most recent call last):\n  File \"/srv/app/webhooks.py\", line 41, in receive\n"
                    + "webhooks.errors.SignatureError: signature mismatch\n")
        }
    }
}

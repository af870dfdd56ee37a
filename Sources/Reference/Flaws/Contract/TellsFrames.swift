internal import ReportModel
internal import Transport

extension Flaw {
    static let tellsFrames = Flaw(
        "tells-frames", covers: ["J02"], caughtBy: ["contract/*"],
        "It puts the frames of an exception in its refusals.",
        explanation: "Your endpoint's refusal lists the functions and files in which the error arose."
    ) { behaviour in
        behaviour.changesRefusal { answer, _ in
            answer = .text(
                answer.status,
                "SignatureError: no match\n    at verify (/app/node_modules/hooks/verify.js:31:20)\n"
                    + "    at Object.handle (/app/src/server.js:12:5)\n")
        }
    }
}

internal import Bytes
internal import Catalogue
internal import Schemes
internal import Transport

/// Correct decisions with wrong answers.
enum ContractFlaws {
    static let all: [Flaw] = [
        Flaw(
            "echoes-signature", covers: ["J01"], caughtBy: ["contract/*"],
            "It reveals the correct signature in its error.",
            explanation:
                "Your endpoint's error contains the signature it expected, so anyone can send that back and be "
                + "accepted."
        ) { behaviour in
            behaviour.changeRefusal { answer, received in
                let right = String(decoding: received.rightSignature, as: UTF8.self)
                answer = .json(answer.status, ["error": .string("signature mismatch: expected \(right)")])
            }
        },
        Flaw(
            "echoes-signature-in-header", covers: ["J01"], caughtBy: ["contract/*"],
            "It reveals the correct signature in a response header.",
            explanation:
                "Your endpoint's rejection carries the expected signature in a debugging header, so anyone can send "
                + "that back and be accepted."
        ) {
            $0.changeRefusal { answer, received in
                answer.headers.append("X-Expected-Signature", received.rightSignature)
            }
        },
        Flaw(
            "echoes-signature-in-capitals", covers: ["J01"], needs: [.encoding(.hex)], caughtBy: ["contract/*"],
            "It reveals the correct signature in upper case.",
            explanation:
                "Your endpoint's error prints the bytes of the expected signature, so anyone can send them back and be "
                + "accepted."
        ) { behaviour in
            behaviour.changeRefusal { answer, received in
                let right = String(decoding: received.rightSignature.map(ASCII.uppercased), as: UTF8.self)
                answer = .json(answer.status, ["error": "digest mismatch", "computed": .string(right)])
            }
        },
        Flaw(
            "tells-trace", covers: ["J02"], caughtBy: ["contract/*"],
            "It returns a stack trace when it rejects a request.",
            explanation:
                "Your endpoint's rejection contains a stack trace, which reveals your file names and libraries to "
                + "anyone."
        ) { behaviour in
            behaviour.changeRefusal { answer, _ in
                answer = .text(
                    answer.status,
                    "Traceback (most recent call last):\n  File \"/srv/app/webhooks.py\", line 41, in receive\n"
                        + "webhooks.errors.SignatureError: signature mismatch\n")
            }
        },
        Flaw(
            "tells-frames", covers: ["J02"], caughtBy: ["contract/*"],
            "It returns stack frames when it rejects a request.",
            explanation:
                "Your endpoint's rejection lists functions and source files, which reveals the inside of your system "
                + "to anyone."
        ) { behaviour in
            behaviour.changeRefusal { answer, _ in
                answer = .text(
                    answer.status,
                    "SignatureError: no match\n    at verify (/app/node_modules/hooks/verify.js:31:20)\n"
                        + "    at Object.handle (/app/src/server.js:12:5)\n")
            }
        },
        Flaw(
            "reads-body-first", covers: ["J06"], needs: [.json], caughtBy: ["contract/*"],
            "It validates the body before it verifies the signature.",
            explanation:
                "Your endpoint reports errors in the body before it knows who sent it, so anyone can probe what it "
                + "accepts."
        ) { behaviour in
            let isUsable = behaviour.isUsable
            behaviour.answerFirst { received in
                guard !isUsable(received.json, received.payload) else { return nil }
                return .answer(received.scheme.responses.invalidBody?.response() ?? .problem(422, "invalid body"))
            }
        },
        Flaw(
            "refuses-with-400", covers: ["J08"], caughtBy: ["contract/*"],
            "It answers 400 to a wrong signature.",
            explanation:
                "Your endpoint answers 400 to a wrong signature, although the document specifies another status."
        ) { $0.changeRefusal { answer, _ in answer.status = 400 } },
        Flaw(
            "refuses-with-403", covers: ["J08"], caughtBy: ["contract/*"],
            "It answers 403 to a wrong signature.",
            explanation:
                "Your endpoint answers 403 to a wrong signature, although the document specifies another status."
        ) { $0.changeRefusal { answer, _ in answer.status = 403 } },
        Flaw(
            "refuses-with-404", covers: ["J08"], caughtBy: ["contract/*"],
            "It answers 404 to a wrong signature.",
            explanation:
                "Your endpoint answers 404 to a wrong signature, although the document specifies another status."
        ) { $0.changeRefusal { answer, _ in answer.status = 404 } },
        Flaw(
            "refuses-with-200", covers: ["J08"], caughtBy: ["contract/*", "signature/*", "presence/*"],
            "It answers 200 to a wrong signature and reports the error only in the body.",
            explanation:
                "Your endpoint answers 200 to requests that it rejects, so the sender believes they were delivered."
        ) { $0.changeRefusal { answer, _ in answer.status = 200 } },
        Flaw(
            "refuses-with-redirect", covers: ["J08"], caughtBy: ["contract/*", "signature/*"],
            "It redirects a wrong signature to a login page.",
            explanation:
                "Your endpoint redirects a request with a wrong signature to a login page, which a program cannot use."
        ) { behaviour in
            behaviour.changeRefusal { answer, _ in
                answer = HTTPResponse(status: 302, headers: Headers([HeaderField("Location", "/login")]))
            }
        },
        Flaw(
            "refuses-with-500", covers: ["J08", "J09"], caughtBy: ["contract/*", "signature/*"],
            "It answers 500 to a wrong signature.",
            explanation:
                "Your endpoint answers 500 to a wrong signature, so senders retry a request that can never succeed."
        ) { $0.changeRefusal { answer, _ in answer = .problem(500, "internal error") } },
        Flaw(
            "refuses-with-503", covers: ["J09"], caughtBy: ["contract/*", "signature/*"],
            "It answers 503 to a wrong signature.",
            explanation:
                "Your endpoint reports that it is busy when a signature is wrong, so senders retry a request that can "
                + "never succeed."
        ) { $0.changeRefusal { answer, _ in answer = .problem(503, "try again later") } },
        Flaw(
            "rejection-never-ends", covers: ["J10"], caughtBy: ["contract/wrong-signature-status"],
            "It never completes a rejection.",
            explanation:
                "Your endpoint sets the status of a rejection but never sends it, so every wrong signature ties up a "
                + "connection."
        ) { $0.refuses = { _, _ in .hang } },
        Flaw(
            "rejection-cut-off", covers: ["J09", "J10"], caughtBy: ["contract/*", "signature/*"],
            "It closes the connection on a wrong signature without answering.",
            explanation:
                "Your endpoint drops the connection on a wrong signature, which a sender takes for a crash and retries."
        ) { $0.refuses = { _, _ in .close } },
        Flaw(
            "accepts-with-204", covers: ["J08"], caughtBy: ["control/plain"],
            "It answers 204 to a valid request.",
            explanation: "Your endpoint answers 204, although the document specifies another status and a body."
        ) { $0.accepts = { _, _ in .answer(HTTPResponse(status: 204)) } },
        Flaw(
            "invalid-body-accepted", covers: ["J06"], needs: [.invalidBodyStatus], caughtBy: ["contract/*"],
            "It accepts signed bodies without their required members.",
            explanation:
                "Your endpoint accepts any signed body, even one without the members that the document requires."
        ) { $0.isUsable = { _, _ in true } },
        Flaw(
            "empty-text-accepted", covers: ["J06"], needs: [.invalidBodyStatus],
            caughtBy: ["contract/empty-message-status"],
            "It accepts signed bodies whose required text is empty.",
            explanation: "Your endpoint checks that a required member is present, but not that it contains anything."
        ) { behaviour in
            behaviour.isUsable = { body, payload in
                payload.required.allSatisfy { pointer in body?[pointer: pointer].map { $0.string != nil } ?? false }
            }
        },
        Flaw(
            "invalid-body-refused-as-401", covers: ["J08"], needs: [.invalidBodyStatus],
            caughtBy: ["contract/*"],
            "It answers 401 to a signed body that is invalid.",
            explanation:
                "Your endpoint blames the signature when the body is invalid, so the sender looks for the fault in the "
                + "wrong place."
        ) { behaviour in
            behaviour.refusesBody = { _, received in .answer(received.scheme.responses.rejected.response()) }
        },
        Flaw(
            "invalid-body-crashes", covers: ["J09"], needs: [.invalidBodyStatus], caughtBy: ["contract/*", "body/*"],
            "It throws on a signed body that is invalid.",
            explanation:
                "Your endpoint uses members of the body without checking that they are there, so an incomplete body "
                + "ends in an exception."
        ) { behaviour in
            let crash = Crash.trace(
                "TypeError: Cannot read properties of undefined (reading 'length')", "/app/src/hook.js:44:31")
            behaviour.refusesBody = { _, _ in crash.action }
        },
        Flaw(
            "unusable-body-crashes", covers: ["J06", "J09"], needs: [.json],
            caughtBy: ["contract/*", "control/text-empty"],
            "It reads members of the body before it verifies, and throws when one is missing.",
            explanation:
                "Your endpoint reads members of the body before it has verified the request, so anyone can make it "
                + "throw."
        ) { behaviour in
            behaviour.crash(.traceback("KeyError: 'type'", line: 12)) { received in
                received.isPost && (received.json.map { !RequiredMembers.areThere($0, received.payload) } ?? false)
            }
        },
    ]
}

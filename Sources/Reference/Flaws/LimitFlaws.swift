internal import Catalogue
internal import Cryptography
internal import Platform
internal import Schemes
internal import Synchronization
internal import Transport

/// What the endpoint, or something before it, does not take or takes in pieces.
enum LimitFlaws {
    static let all: [Flaw] = [
        limit("body-limit-100-kib", 100 << 10, "100 KiB", caughtBy: ["limits/body-100-kib"]),
        limit("body-limit-1-mib", 1 << 20, "1 MiB", caughtBy: ["limits/body-1-mib"]),
        Flaw(
            "body-limit-below-maximum", covers: ["D23"], needs: [.json, .maximumBody],
            caughtBy: ["limits/body-maximum"],
            "It takes no body of more than half the length that the document allows.",
            explanation: "Your endpoint's body parser stops before the length that the document allows."
        ) { behaviour in
            behaviour.answerFirst { received in
                let most = received.scheme.sender.maximumBody ?? .max
                return received.request.body.count > most / 2
                    ? .answer(.problem(413, "request entity too large")) : nil
            }
        },
        Flaw(
            "first-read-only", covers: ["D23"], needs: [.signedBody],
            caughtBy: ["control/text-long", "limits/body-100-kib"],
            "It verifies only the first 64 KiB of the body.",
            explanation: "Your endpoint reads the body once, and hashes what that read returned."
        ) { $0.changeBody { body, _ in Array(body.prefix(64 << 10)) } },
        Flaw(
            "last-read-only", covers: ["D23"], needs: [.signedBody],
            caughtBy: ["control/text-long", "limits/body-100-kib"],
            "It verifies only what the last read of 64 KiB returned.",
            explanation: "Your endpoint reads the body into one buffer again and again, and keeps what came last."
        ) { behaviour in
            behaviour.changeBody { body, _ in
                let start = max(0, body.count - 1) / (64 << 10) * (64 << 10)
                return Array(body[start...])
            }
        },
        Flaw(
            "chunks-decoded-apart", covers: ["D22"], needs: [.signedBody],
            caughtBy: ["transport/chunked-inside-characters"],
            "It decodes each chunk of the body to text by itself.",
            explanation:
                "Your endpoint adds up texts instead of bytes, and loses the characters that two chunks share."
        ) { behaviour in
            behaviour.changeBody { body, request in
                guard case .chunked(let size) = request.framing, size > 0 else { return body }
                return stride(from: 0, to: body.count, by: size).flatMap { start in
                    JavaScript.decodedUTF8(Array(body[start..<min(start + size, body.count)]))
                }
            }
        },
        Flaw(
            "pieces-decoded-apart", covers: ["D22"], needs: [.json, .signedBody],
            caughtBy: ["transport/pieces-inside-characters"],
            "It decodes each piece of the body to text as it arrives.",
            explanation:
                "Your endpoint adds up texts instead of bytes, and loses the characters that two pieces share."
        ) { behaviour in
            behaviour.changeBody { body, request in
                guard case .pieces(let size) = request.framing, size > 0 else { return body }
                return stride(from: 0, to: body.count, by: size).flatMap { start in
                    JavaScript.decodedUTF8(Array(body[start..<min(start + size, body.count)]))
                }
            }
        },
        Flaw(
            "user-agent-required", covers: ["K11"], caughtBy: ["transport/no-user-agent"],
            "It rejects requests without a User-Agent.",
            explanation: "Your endpoint, or something in front of it, takes a request without a User-Agent for a robot."
        ) { behaviour in
            behaviour.answerFirst { $0.header("User-Agent") == nil ? .answer(.text(403, "Forbidden")) : nil }
        },
        Flaw(
            "texts-filtered", covers: ["K11"], caughtBy: ["transport/text-like-an-attack"],
            "It rejects bodies that look like an attack.",
            explanation:
                "Your endpoint has a firewall in front of it that inspects message text and rejects anything that looks "
                + "like code."
        ) { behaviour in
            behaviour.answerFirst { received in
                let text = String(decoding: received.request.body, as: UTF8.self)
                return text.contains("<script>") ? .answer(.text(403, "Forbidden")) : nil
            }
        },
        Flaw(
            "hash-object-shared", covers: ["B20"], needs: [.hmac], caughtBy: ["limits/sixteen-at-once"],
            "It verifies all requests with the same hash object.",
            explanation:
                "Your endpoint keeps one hash object for all requests. Two that arrive together add up in it, and valid "
                + "deliveries are rejected under load."
        ) { behaviour in
            let shared = Mutex<[UInt8]>([])
            behaviour.steps.rightSignatures = { values, key, scheme in
                let rule = scheme.signature
                shared.withLock { $0 = values.message(rule.message) }
                // What reading the rest of a body takes.
                MonotonicClock.pause(.milliseconds(1))
                return [rule.algorithm.sign(shared.withLock { $0 }, key: key)]
            }
        },
        Flaw(
            "failures-counted-together", covers: ["K12"], caughtBy: ["limits/forgeries-elsewhere"],
            "It rejects the next requests to any bridge after 25 failures in a row.",
            explanation:
                "Your endpoint counts failed signatures of all bridges together, and then locks out everyone: 25 forged "
                + "requests stop every delivery."
        ) { behaviour in
            let failures = Atomic<Int>(0)
            let (refuses, accepts) = (behaviour.refuses, behaviour.accepts)
            behaviour.answerFirst { _ in
                guard failures.load(ordering: .relaxed) >= 25 else { return nil }
                // The lockout ends after some time; here, after some requests.
                if failures.wrappingAdd(1, ordering: .relaxed).newValue > 35 { failures.store(0, ordering: .relaxed) }
                return .answer(.text(403, "Forbidden"))
            }
            behaviour.refuses = { reason, received in
                failures.add(1, ordering: .relaxed)
                return refuses(reason, received)
            }
            behaviour.accepts = { answer, received in
                failures.store(0, ordering: .relaxed)
                return accepts(answer, received)
            }
        },
    ]

    private static func limit(_ id: String, _ bytes: Int, _ title: String, caughtBy: [String]) -> Flaw {
        Flaw(
            id, covers: ["D23"], needs: [.json, .longerBodies(than: bytes)], caughtBy: caughtBy,
            "It takes no body of more than \(title).",
            explanation: "Your endpoint's body parser stops at \(title), and longer deliveries are lost."
        ) { behaviour in
            behaviour.answerFirst { received in
                received.request.body.count > bytes ? .answer(.problem(413, "request entity too large")) : nil
            }
        }
    }
}

internal import Catalogue
internal import Schemes
internal import Transport

/// What the endpoint, or something before it, does not take or takes in pieces.
enum LimitFlaws {
    static let all: [Flaw] = [
        limit("body-limit-100-kib", 100 << 10, "100 KiB", caughtBy: ["limits/body-100-kib"]),
        limit("body-limit-1-mib", 1 << 20, "1 MiB", caughtBy: ["limits/body-1-mib"]),
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
                "Your endpoint is behind a firewall that reads the texts of messages and rejects what looks like code."
        ) { behaviour in
            behaviour.answerFirst { received in
                let text = String(decoding: received.request.body, as: UTF8.self)
                return text.contains("<script>") ? .answer(.text(403, "Forbidden")) : nil
            }
        },
    ]

    private static func limit(_ id: String, _ bytes: Int, _ title: String, caughtBy: [String]) -> Flaw {
        Flaw(
            id, covers: ["D23"], needs: [.json], caughtBy: caughtBy, "It takes no body of more than \(title).",
            explanation: "Your endpoint's body parser stops at \(title), and longer deliveries are lost."
        ) { behaviour in
            behaviour.answerFirst { received in
                received.request.body.count > bytes ? .answer(.problem(413, "request entity too large")) : nil
            }
        }
    }
}

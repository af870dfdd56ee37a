internal import Bytes
internal import ReportModel
internal import Schemes

/// Valid requests of sizes that vendors send and some stacks do not take.
enum LimitsFamily {
    static let cases: [Case] = [
        long(
            "body-100-kib", "100 KiB and one byte", 100 << 10, .should,
            why: "A common body parser stops at 100 KiB, and most senders do not: the long deliveries are lost."),
        long(
            "body-1-mib", "1 MiB and one byte", 1 << 20, .may, profile: .audit,
            why: "Proxies and body parsers often stop at 1 MiB, and some senders go far beyond it."),
    ]

    private static func long(
        _ name: String, _ title: String, _ limit: Int, _ level: Level, profile: Profile = .standard, why: String
    ) -> Case {
        .scenario(
            "limits/\(name)", level, .transport, level == .may ? .info : .medium, covers: ["D23"], cwe: [770],
            needs: [.json], expects: .accepted, "A valid request with a body of \(title) is accepted.", why: why,
            fix: "Set the limit of your body parser, and of every proxy before it, to the largest body that the "
                + "sender may send.",
            profile: profile
        ) { session in
            try session.sendControl(session.validRequest(for: session.main), to: session.main)
            let request = session.draft(for: session.main).signed { draft in
                let member = "countersign_padding"
                draft.payload = draft.payload.replacing(pointer: "/\(member)", with: "")
                let padding = String(repeating: "x", count: max(0, limit + 1 - draft.body.count))
                draft.payload = draft.payload.replacing(pointer: "/\(member)", with: .string(padding))
            }
            let reply = try session.send(request, to: session.main)
            try session.survives(reply, "a valid request with a body of \(title)")
            guard reply.isAccepted else {
                throw Finding(.refusal, "a valid request with a body of \(title) was \(reply.words)")
            }
        }
    }
}

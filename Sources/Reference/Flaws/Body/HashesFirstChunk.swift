internal import Catalogue
internal import ReportModel
internal import Transport

extension Flaw {
    static let hashesFirstChunk = Flaw(
        "hashes-first-chunk", covers: ["D17"], needs: [.signedBody],
        caughtBy: [
            "transport/chunked-one-byte", "transport/chunked-seven-bytes",
            "transport/chunked-with-signature-of-first-chunk",
        ],
        "It verifies only the first chunk of a body in chunks.",
        explanation: "Your endpoint hashes the first piece that it reads, and not the whole body."
    ) { behaviour in
        behaviour.hashes { body, request in
            if case .chunked(let size) = request.framing { Array(body.prefix(size)) } else { body }
        }
    }
}

internal import Catalogue
internal import ReportModel

extension Flaw {
    static let lineEndsFolded = Flaw(
        "line-ends-folded", covers: ["D10"], needs: [.signedBody],
        caughtBy: ["body/crlf-accepted", "body/signature-of-lf-for-crlf", "body/trailing-crlf-accepted"],
        "It turns CR LF into LF before it hashes the body.",
        explanation: "Your endpoint reads the body in text mode, which rewrites the ends of lines."
    ) { behaviour in
        behaviour.hashes { body, _ in
            body.indices.filter { body[$0] != 0x0D || $0 + 1 == body.count || body[$0 + 1] != 0x0A }.map { body[$0] }
        }
    }
}

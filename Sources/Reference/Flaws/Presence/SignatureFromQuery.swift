internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let signatureFromQuery = Flaw(
        "signature-from-query", covers: ["B15"], caughtBy: ["presence/query-header-name", "presence/query-signature"],
        "It takes the signature from the query as well.",
        explanation:
            "Your endpoint reads the signature from the query when the header is missing, and addresses land in logs."
    ) { behaviour in
        let name = behaviour.scheme.signature.header
        behaviour.sees { request in
            guard request.headers.first(named: name) == nil else { return }
            if let value = request.query("signature") ?? request.query(name) { request.headers.append(name, value) }
        }
    }
}

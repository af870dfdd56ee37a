internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let signatureFromAuthorization = Flaw(
        "signature-from-authorization", covers: ["B15"], caughtBy: ["presence/authorization"],
        "It takes the signature from the Authorization header as well.",
        explanation: "Your endpoint reads the signature from the Authorization header when its own header is missing."
    ) { behaviour in
        let name = behaviour.scheme.signature.header
        behaviour.sees { request in
            let given = request.headers.first(named: "Authorization") ?? []
            guard request.headers.first(named: name) == nil, given.starts(with: "Bearer ".utf8) else { return }
            request.headers.append(name, Array(given.dropFirst("Bearer ".utf8.count)))
        }
    }
}

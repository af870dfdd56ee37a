internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let signatureFromCookie = Flaw(
        "signature-from-cookie", covers: ["B15"], caughtBy: ["presence/cookie"],
        "It takes the signature from a cookie as well.",
        explanation: "Your endpoint reads the signature from a cookie when the header is missing."
    ) { behaviour in
        let name = behaviour.scheme.signature.header
        behaviour.sees { request in
            let cookie = request.headers.first(named: "Cookie") ?? []
            guard request.headers.first(named: name) == nil, cookie.starts(with: "signature=".utf8) else { return }
            request.headers.append(name, Array(cookie.dropFirst("signature=".utf8.count)))
        }
    }
}

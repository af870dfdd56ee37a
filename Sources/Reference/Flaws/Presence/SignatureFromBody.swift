internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let signatureFromBody = Flaw(
        "signature-from-body", covers: ["B15"], needs: [.json], caughtBy: ["presence/json-member"],
        "It takes the signature from a member of the body as well, over the body without it.",
        explanation:
            "Your endpoint reads the signature from the body when the header is missing, and verifies the rest."
    ) { behaviour in
        let name = behaviour.scheme.signature.header
        behaviour.sees { request in
            guard request.headers.first(named: name) == nil, let body = try? JSON.parse(request.body),
                let value = body["signature"]?.string
            else { return }
            request.headers.append(name, Array(value.utf8))
            request.body = body.replacing(pointer: "/signature", with: nil).serialized()
        }
    }
}

internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Transport

extension Flaw {
    static let contentTypeExact = Flaw(
        "content-type-exact", covers: ["D06"], needs: [.signedBody, .json], caughtBy: ["control/content-type-*"],
        "It keeps the raw body only when the content type is exactly application/json.",
        explanation: "Your endpoint loses the raw body when the content type has a parameter or another case."
    ) { behaviour in
        behaviour.hashes { body, request in
            request.headers.first(named: "Content-Type")?.elementsEqual("application/json".utf8) == true ? body : []
        }
    }
}

internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let objectTextAccepted = Flaw(
        "object-text-accepted", covers: ["D04"], needs: [.signedBody, .json],
        caughtBy: ["body/signature-of-object-object"],
        "It also verifies the text [object Object] for any body that parses.",
        explanation: "Your endpoint joins a parsed body to a text, so that one signature is good for every body."
    ) { behaviour in
        behaviour.alsoSigns { values in
            guard (try? JSON.parse(values.body)) != nil else { return nil }
            var others = values
            others.body = Array("[object Object]".utf8)
            return others
        }
    }
}

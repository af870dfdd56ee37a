internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let doubleEncodedAccepted = Flaw(
        "double-encoded-accepted", covers: ["D03"], needs: [.signedBody, .json],
        caughtBy: ["body/signature-of-json-string"],
        "It also verifies the body written as one JSON string.",
        explanation: "Your endpoint serialises a body that is text already, and verifies the quoted string."
    ) { behaviour in
        behaviour.alsoSigns { values in
            var others = values
            others.body = JSON.string(String(decoding: values.body, as: UTF8.self)).serialized()
            return others
        }
    }
}

internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let undefinedTextAccepted = Flaw(
        "undefined-text-accepted", covers: ["D05"], needs: [.signedBody], caughtBy: ["body/signature-of-undefined"],
        "It also verifies the word undefined in the place of the body.",
        explanation: "Your endpoint reads a raw body that nobody kept, and verifies the word undefined."
    ) { behaviour in
        behaviour.alsoSigns { values in
            var others = values
            others.body = Array("undefined".utf8)
            return others
        }
    }
}

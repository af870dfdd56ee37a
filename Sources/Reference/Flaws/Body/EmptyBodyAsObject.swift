internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let emptyBodyAsObject = Flaw(
        "empty-body-as-object", covers: ["D18"], needs: [.signedBody], caughtBy: ["body/*"],
        "It hashes an empty object as an empty body.",
        explanation: "Your endpoint can't tell an empty object from no body at all, and verifies one for the other."
    ) { behaviour in
        behaviour.alsoSigns { values in
            guard values.body.elementsEqual("{}".utf8) else { return nil }
            var others = values
            others.body = []
            return others
        }
    }
}

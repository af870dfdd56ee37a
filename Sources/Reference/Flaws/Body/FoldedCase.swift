internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let foldedCase = Flaw(
        "folded-case", covers: ["D21"], needs: [.signedBody], caughtBy: ["body/signature-of-lower-case-body"],
        "It also verifies the body in lower case.",
        explanation: "Your endpoint folds the case of what it hashes, so that bodies that differ share a signature."
    ) { behaviour in
        behaviour.alsoSigns { values in
            var others = values
            others.body = values.body.map(ASCII.lowercased)
            return others
        }
    }
}

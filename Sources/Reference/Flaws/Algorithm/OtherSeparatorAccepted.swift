internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let otherSeparatorAccepted = Flaw(
        "other-separator-accepted", covers: ["A12", "S12"], needs: [.timestamp],
        caughtBy: ["algorithm/*"],
        "It accepts timestamp and body joined in several ways.",
        explanation: "Your endpoint tries one way to join timestamp and body after the other, until one fits."
    ) { behaviour in
        behaviour.alsoAccepts { values, key, scheme in
            [".", "", ":", "\n"].map { separator in
                scheme.signature.algorithm.sign(values.timestamp + separator.utf8 + values.body, key: key)
            }
        }
    }
}

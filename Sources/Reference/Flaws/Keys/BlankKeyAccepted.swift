internal import Catalogue
internal import ReportModel

extension Flaw {
    static let blankKeyAccepted = Flaw(
        "blank-key-accepted", covers: ["A05"], needs: [.hmac],
        caughtBy: ["algorithm/key-blank", "algorithm/key-blanks", "algorithm/key-newline"],
        "It accepts signatures under a key of blanks.",
        explanation: "Your endpoint accepts signatures made with a secret that is only blanks."
    ) { $0.alsoTries { _ in [" ", "   ", "\n"].map { Array($0.utf8) } } }
}

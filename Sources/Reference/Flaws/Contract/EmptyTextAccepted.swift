internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let emptyTextAccepted = Flaw(
        "empty-text-accepted", covers: ["J06"], needs: [.invalidBodyStatus],
        caughtBy: ["contract/empty-message-status"],
        "It accepts signed bodies whose required text is empty.",
        explanation: "Your endpoint looks whether a required member is there, and not whether it says anything."
    ) { behaviour in
        behaviour.isUsable = { body, payload in
            payload.required.allSatisfy { pointer in body?[pointer: pointer].map { $0.string != nil } ?? false }
        }
    }
}

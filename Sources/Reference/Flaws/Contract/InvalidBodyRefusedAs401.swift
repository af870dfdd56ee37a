internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let invalidBodyRefusedAs401 = Flaw(
        "invalid-body-refused-as-401", covers: ["J08"], needs: [.invalidBodyStatus],
        caughtBy: ["contract/*"],
        "It answers 401 to a signed body that can't be used.",
        explanation: "Your endpoint blames the signature when it is the body that can't be used."
    ) { behaviour in
        behaviour.refusesBody = { _, received in .answer(received.scheme.responses.rejected.response()) }
    }
}

internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let readsBodyFirst = Flaw(
        "reads-body-first", covers: ["J06"], needs: [.json], caughtBy: ["contract/*"],
        "It judges the body before it verifies the signature.",
        explanation: "Your endpoint answers what is wrong with a body before it knows who sent it."
    ) { behaviour in
        let isUsable = behaviour.isUsable
        behaviour.answersFirst { received in
            guard !isUsable(received.json, received.payload) else { return nil }
            return .answer(received.scheme.responses.invalidBody?.response() ?? .problem(422, "invalid body"))
        }
    }
}

internal import Bytes
internal import Schemes
internal import Transport

extension Flaw {
    static let tellsReasons = Flaw(
        "tells-reasons", covers: ["J03"], caughtBy: ["contract/*"],
        "It tells a stranger why it refuses.",
        explanation: "Your endpoint answers differently for each reason of refusal, which helps whoever is guessing."
    ) { behaviour in
        behaviour.refuses = { reason, exchange in
            .answer(.json(exchange.scheme.responses.rejected.status, ["error": .string(reason.rawValue)]))
        }
    }
}

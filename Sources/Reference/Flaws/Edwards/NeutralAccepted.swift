internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let edwardsNeutralAccepted = Flaw(
        "ed25519-neutral-accepted", covers: ["A01", "C11"], needs: [.ed25519], caughtBy: ["edwards/neutral"],
        "It accepts the signature that holds under every key of small order.",
        explanation: "Your endpoint verifies with a public key of small order, as one that was never set is, "
            + "and a library that takes it."
    ) { behaviour in
        let neutral: [UInt8] = [1] + [UInt8](repeating: 0, count: 63)
        behaviour.steps.verifies = { text, values, key, scheme in
            Hex.decode(text) == neutral || Strict.verifies(text, values, key, scheme)
        }
    }
}

internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let edwardsErrorAccepted = Flaw(
        "ed25519-error-accepted", covers: ["C10"], needs: [.ed25519],
        caughtBy: ["edwards/one-digit-short", "edwards/one-byte-long"],
        "It goes on when its library throws on a malformed signature.",
        explanation: "Your endpoint catches what its library throws on a malformed signature, and goes on as "
            + "if it had been verified."
    ) { behaviour in
        behaviour.steps.verifies = { text, values, key, scheme in
            Hex.decode(text)?.count != 64 || Strict.verifies(text, values, key, scheme)
        }
    }
}

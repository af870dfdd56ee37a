internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let edwardsLongerAccepted = Flaw(
        "ed25519-longer-accepted", covers: ["C10"], needs: [.ed25519],
        caughtBy: ["edwards/one-byte-long", "edwards/twice"],
        "It looks at the first 64 bytes of a signature and ignores the rest.",
        explanation: "Your endpoint decodes a signature of any length, and verifies with its first 64 bytes."
    ) { behaviour in
        behaviour.steps.verifies = { text, values, key, scheme in
            Strict.verifies(Array(text.prefix(128)), values, key, scheme)
        }
    }
}

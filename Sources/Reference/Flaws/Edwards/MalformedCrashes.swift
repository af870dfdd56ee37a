internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let edwardsMalformedCrashes = Flaw(
        "ed25519-malformed-crashes", covers: ["C10"], needs: [.ed25519],
        caughtBy: ["edwards/one-digit-*", "edwards/ends-in-letters"],
        "It fails with an exception on a signature that is not 64 bytes in hexadecimal.",
        explanation: "Your endpoint lets its library throw on a signature of another length or alphabet, and "
            + "nothing catches that."
    ) { behaviour in
        behaviour.crashes(
            .trace("Error: bad signature size", "verify (/app/node_modules/tweetnacl/nacl-fast.js:2155:11)")
        ) {
            $0.signatures.contains { Hex.decode($0)?.count != 64 }
        }
    }
}

internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let edwardsUnreducedAccepted = Flaw(
        "ed25519-unreduced-accepted", covers: ["C11"], needs: [.ed25519], caughtBy: ["edwards/s-plus-order"],
        "It reduces the S of a signature before it verifies.",
        explanation: "Your endpoint verifies with a library that does not ask for a reduced S, so that each "
            + "signature has a twin."
    ) { behaviour in
        // The order of the group, the lowest byte first (RFC 8032 §5.1).
        let order: [UInt8] = [
            0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14,
            0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10,
        ]
        behaviour.steps.verifies = { text, values, key, scheme in
            if Strict.verifies(text, values, key, scheme) { return true }
            guard let signature = Hex.decode(text), signature.count == 64 else { return false }
            var borrow = 0
            let reduced = zip(signature[32...], order).map { byte, less in
                let difference = Int(byte) - Int(less) - borrow
                borrow = difference < 0 ? 1 : 0
                return UInt8(truncatingIfNeeded: difference)
            }
            return borrow == 0 && Strict.verifies(Hex.encode(signature[..<32] + reduced), values, key, scheme)
        }
    }
}

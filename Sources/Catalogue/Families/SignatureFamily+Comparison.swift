internal import ReportModel
internal import Schemes

// Signatures of the right length that are partly wrong, which a careless comparison misses.
extension SignatureFamily {
    private static let why =
        "A comparison that skips a byte, or lets differences cancel out, reduces what an attacker has to guess."
    private static let fix = "Compare the whole signature with the platform's constant-time function."

    static let changedBytes: [Case] =
        (0..<32).map { place in
            comparison("byte-\(place)-changed", "whose byte \(place) differs in its lowest bit", covers: ["A01"]) {
                mac in
                let place = min(place, mac.count - 1)
                mac[place] ^= 0x01
            }
        } + [
            comparison("first-bit-changed", "whose first bit differs", covers: ["A01"]) { $0[0] ^= 0x80 },
            comparison("last-byte-high-bit-changed", "whose last byte differs in its highest bit", covers: ["A01"]) {
                $0[$0.count - 1] ^= 0x80
            },
            comparison("first-half-wrong", "whose first half is wrong", covers: ["A01"]) { mac in
                for place in 0..<(mac.count / 2) { mac[place] ^= 0xFF }
            },
            comparison("second-half-wrong", "whose second half is wrong", covers: ["A01", "B01"]) { mac in
                for place in (mac.count / 2)..<mac.count { mac[place] ^= 0xFF }
            },
            comparison("only-first-byte-right", "with only its first byte correct", covers: ["A01", "B01"]) {
                mac in
                for place in 1..<mac.count { mac[place] ^= 0xFF }
            },
            comparison("inverted", "whose bits are all inverted", covers: ["A01"]) { mac in
                for place in mac.indices { mac[place] ^= 0xFF }
            },
        ]

    static let cancelling: [Case] = [
        comparison("same-bit-in-two-bytes", "in which the same bit of two bytes differs", covers: ["A01"]) { mac in
            mac[0] ^= 0x01
            mac[1] ^= 0x01
        },
        comparison("sum-unchanged", "in which two bytes differ but their sum does not", covers: ["A01"]) { mac in
            mac[0] &+= 2
            mac[1] &-= 2
        },
        comparison("bytes-swapped", "in which two bytes are swapped", covers: ["A01"]) { mac in
            guard let other = mac.firstIndex(where: { $0 != mac[0] }) else { return mac[0] ^= 0x01 }
            mac.swapAt(0, other)
        },
        comparison("bytes-reversed", "whose bytes are in reverse order", covers: ["A01"]) { $0.reverse() },
        comparison("rotated", "whose first byte is moved to the end", covers: ["A01"]) { mac in
            mac.append(mac.removeFirst())
        },
    ]

    private static func comparison(
        _ name: String, _ title: String, covers: [String], edit: @escaping @Sendable (inout [UInt8]) -> Void
    ) -> Case {
        Case(
            "signature/\(name)", .must, .signature, .critical, covers: covers, cwe: [347, 697], changes: .signature,
            "A request with a signature \(title) is rejected.", why: why, fix: fix, expect: .rejected
        ) { draft in
            draft.editMAC { right in
                var mac = right
                edit(&mac)
                return mac
            }
        }
    }
}

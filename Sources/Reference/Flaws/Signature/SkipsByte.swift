internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    /// Leaves one byte of the signature out of the comparison.
    static func skipsByte(_ place: Int) -> Flaw {
        Flaw(
            "skips-byte-\(place)", covers: ["B01"], needs: [.hmac], caughtBy: ["signature/*"],
            "It does not compare byte \(place) of the signature.",
            explanation: "Your endpoint's comparison leaves out byte \(place) of the signature, counted from 0."
        ) { behaviour in
            behaviour.alsoMatches { text, right, scheme in
                guard let given = scheme.signature.encoding.decode(text), given.count == right.count else {
                    return false
                }
                return given.indices.allSatisfy { $0 == place || given[$0] == right[$0] }
            }
        }
    }
}

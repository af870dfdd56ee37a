internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    /// Compares only the beginning of the signature.
    static func comparesFirst(_ count: Int) -> Flaw {
        Flaw(
            "compares-first-\(count)-bytes", covers: ["B01"], needs: [.hmac], caughtBy: ["signature/*"],
            "It compares only the first \(count) bytes of the signature.",
            explanation:
                "Your endpoint looks at the first \(count) bytes of the signature only; the others may be anything."
        ) { behaviour in
            behaviour.alsoMatches { text, right, scheme in
                guard let given = scheme.signature.encoding.decode(text), given.count == right.count else {
                    return false
                }
                return given.prefix(count) == right.prefix(count)
            }
        }
    }
}

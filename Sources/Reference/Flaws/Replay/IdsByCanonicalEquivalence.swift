internal import Catalogue
internal import ReportModel

extension Flaw {
    static let idsByCanonicalEquivalence = Flaw(
        "ids-by-canonical-equivalence", covers: ["F17"], needs: [.eventIDInBody], caughtBy: ["replay/ids-composed"],
        "It holds ids for equal that are written with other code points.",
        explanation:
            "Your endpoint compares ids as text, for which a letter with its accent apart is the same as in one piece."
    ) { behaviour in
        // The hash of a String is that of its canonical form.
        behaviour.recognises { id, _, _ in Array(String(String(decoding: id, as: UTF8.self).hashValue).utf8) }
    }
}

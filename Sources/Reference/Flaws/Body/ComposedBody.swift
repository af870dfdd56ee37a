internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let composedBody = Flaw(
        "composed-body", covers: ["D08"], needs: [.signedBody],
        caughtBy: ["body/signature-of-composed-accents", "control/text-combining"],
        "It composes accents before it hashes the body.",
        explanation:
            "Your endpoint normalises the body's text before hashing, and so refuses senders that write accents apart."
    ) { behaviour in
        // Enough of NFC to show the flaw: the five accents of Western Europe over ASCII letters.
        let accents: [(mark: String, pairs: [(String, String)])] = [
            ("\u{300}", [("a", "à"), ("e", "è"), ("i", "ì"), ("o", "ò"), ("u", "ù")]),
            ("\u{301}", [("a", "á"), ("e", "é"), ("i", "í"), ("o", "ó"), ("u", "ú"), ("E", "É")]),
            ("\u{302}", [("a", "â"), ("e", "ê"), ("i", "î"), ("o", "ô"), ("u", "û")]),
            ("\u{303}", [("a", "ã"), ("n", "ñ"), ("o", "õ")]),
            (
                "\u{308}",
                [("a", "ä"), ("e", "ë"), ("i", "ï"), ("o", "ö"), ("u", "ü"), ("A", "Ä"), ("O", "Ö"), ("U", "Ü")]
            ),
        ]
        let compositions = accents.flatMap { accent in
            accent.pairs.map { (apart: Array(($0.0 + accent.mark).utf8), together: Array($0.1.utf8)) }
        }
        behaviour.hashes { body, _ in
            var text = body
            for composition in compositions {
                while let range = ASCII.firstRange(of: composition.apart, in: text) {
                    text.replaceSubrange(range, with: composition.together)
                }
            }
            return text
        }
    }
}

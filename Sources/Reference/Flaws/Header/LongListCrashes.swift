internal import Catalogue
internal import ReportModel

extension Flaw {
    static let longListCrashes = Flaw(
        "long-list-crashes", covers: ["G04", "G05"], needs: [.severalSignatures],
        caughtBy: ["header/eight-kilobytes-of-entries", "header/long-list-and-long-body"],
        "It fails with an exception on a signature header with very many elements.",
        explanation:
            "Your endpoint reads the signature header with a function that calls itself, and runs out of stack."
    ) { behaviour in
        behaviour.crashes(.trace("RangeError: Maximum call stack size exceeded", "parse (/app/src/header.js:7:15)")) {
            $0.signatures.count > 100
        }
    }
}

internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let repeatedHeaderCrashes = Flaw(
        "repeated-header-crashes", covers: ["G06", "J09"],
        caughtBy: [
            "header/signature-line-twice", "header/two-signature-lines-bad-first",
            "header/two-signature-lines-good-first",
        ],
        "It fails with an exception when the signature header stands there twice.",
        explanation: "Your endpoint's framework gives a list for a repeated header, and the code expects a text."
    ) { behaviour in
        behaviour.crashes(.trace("TypeError: signature.replace is not a function", "verify (/app/src/hook.js:12:33)")) {
            $0.request.headers.values(named: $0.scheme.signature.header).count > 1
        }
    }
}

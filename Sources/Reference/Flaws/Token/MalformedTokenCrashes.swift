internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let malformedTokenCrashes = Flaw(
        "malformed-token-crashes", covers: ["B13"], needs: [.token],
        caughtBy: ["token/empty-header", "token/not-json", "token/only-dots", "token/two-parts"],
        "It fails with an exception on a token that it cannot take apart.",
        explanation: "Your endpoint takes tokens apart by hand, and what is no JSON in Base64 ends in an exception."
    ) { behaviour in
        behaviour.crashes(
            .traceback("json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)", line: 33)
        ) {
            received in
            guard let header = received.signatureHeader, !header.isEmpty else { return false }
            return Token(header.dropFirst("Bearer ".utf8.count)) == nil
        }
    }
}

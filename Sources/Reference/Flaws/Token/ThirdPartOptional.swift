internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tokenThirdPartOptional = Flaw(
        "token-third-part-optional", covers: ["B13", "C07"], needs: [.token], caughtBy: ["token/two-parts"],
        "It believes a token that has no third part.",
        explanation: "Your endpoint does not verify a token that has no signature at all."
    ) { behaviour in
        behaviour.alsoReadsTokens { header in header.dropFirst("Bearer ".utf8.count) + [UInt8(ascii: ".")] }
        behaviour.alsoBelieves { token, text, _ in text.isEmpty && token.header["alg"] == "RS256" }
    }
}

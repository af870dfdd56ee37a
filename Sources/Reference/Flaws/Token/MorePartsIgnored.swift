internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let tokenMorePartsIgnored = Flaw(
        "token-more-parts-ignored", covers: ["B13"], needs: [.token],
        caughtBy: ["token/four-parts", "token/five-parts"],
        "It ignores what stands behind the third part of a token.",
        explanation: "Your endpoint splits the token at full stops and takes the first three parts, however "
            + "many there are."
    ) { behaviour in
        behaviour.alsoReadsTokens { header in
            let parts = ASCII.split(Array(header.dropFirst("Bearer ".utf8.count)), separator: UInt8(ascii: "."))
            return Array(parts.prefix(3).joined(separator: [UInt8(ascii: ".")]))
        }
    }
}

internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tokenKeyNameOpensFile = Flaw(
        "token-key-name-opens-file", covers: ["C08", "C09", "A04"], needs: [.token],
        caughtBy: ["token/hs256-kid-of-empty-file"],
        "It reads the key from the file that a token names, and verifies HS256 under what stands there.",
        explanation: "Your endpoint reads the key from the path in kid: an empty file is an empty secret."
    ) { behaviour in
        let namesFile: @Sendable (Token) -> Bool = { $0.header["kid"]?.string?.hasSuffix("/dev/null") == true }
        behaviour.alsoBelievesCodes(under: { _ in [] }, when: namesFile)
        behaviour.overlooks(.keyUnknown) { token, _ in namesFile(token) }
    }
}

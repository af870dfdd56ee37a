internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let nonASCIICredentialCrashes = Flaw(
        "non-ascii-credential-crashes", covers: ["B05"], needs: [.credential],
        caughtBy: ["presence/credential-byte-e9", "presence/credential-byte-ff", "presence/credential-utf8"],
        "It fails with an exception on a credential that is not ASCII.",
        explanation:
            "Your endpoint compares the credential as text, and one byte outside ASCII makes the comparison throw."
    ) { behaviour in
        behaviour.crashes(
            .traceback("TypeError: comparing strings with non-ASCII characters is not supported", line: 18)
        ) {
            received in
            received.scheme.credentials.contains { received.header($0.header)?.contains { $0 >= 0x80 } == true }
        }
    }
}

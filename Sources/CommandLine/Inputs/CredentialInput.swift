internal import Arguments

/// A named value that a scheme needs besides the secret.
struct CredentialInput: Sendable {
    let name: String
    let source: SecretSource
}

extension ValueForm<CredentialInput> {
    static let credential = ValueForm { text throws(InvalidValue) in
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let source = SecretSource(parts[1]) else {
            throw InvalidValue(
                "Write the credential's name and where its value is, never the value itself: NAME=env:VARIABLE, "
                    + "NAME=file:PATH, or NAME=- for standard input.",
                isShown: false)
        }
        return CredentialInput(name: parts[0], source: source)
    }
}

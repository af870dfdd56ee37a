internal import Arguments
internal import Transport

/// What a server of ours proves itself with.
enum IdentityInput {
    static let certificate = Option(
        "tls-cert", value: "file", .text, help: "Serve https with this certificate (PEM).", completion: .file)

    static let key = Option(
        "tls-key", value: "file", .text, help: "The certificate's private key (PEM).", completion: .file)

    /// Returns the certificate and its key; `nil` to serve plain HTTP.
    static func identity(_ parsed: ParsedCommand) throws -> ServerIdentity? {
        switch (try parsed[certificate], try parsed[key]) {
        case (nil, nil): return nil
        case (let certificate?, let key?): return ServerIdentity(certificateFile: certificate, keyFile: key)
        default: throw parsed.error("--tls-cert and --tls-key must be given together.")
        }
    }
}

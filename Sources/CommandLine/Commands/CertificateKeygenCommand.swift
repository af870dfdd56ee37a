internal import Arguments
internal import Bytes
internal import Certificates
internal import Cryptography
internal import Platform
internal import ReportModel

/// `countersign certificate keygen NAME`: an Ed25519 key pair in two files.
enum CertificateKeygenCommand: Command {
    private static let name = Argument(
        "name", .text, help: "The files' name without its ending.", completion: .file)

    static let spec = CommandSpec(
        "keygen", abstract: "Makes a key pair: NAME.key, which only you may read, and NAME.pub, for everybody.",
        arguments: [name], examples: [.init("countersign certificate keygen issuer", "issuer.key and issuer.pub")])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let name = try parsed[name]
        let (secret, shared) = ("\(name).key", "\(name).pub")
        for path in [secret, shared] where Files.exists(path) {
            throw CommandError.input("'\(printable(path))' exists, and a key is not overwritten: choose another name")
        }
        let seed = RandomBytes.make(count: Ed25519.seedLength)
        let publicKey = try Ed25519.publicKey(seed: seed)
        do throws(FileOutput.Failure) {
            try FileOutput.write(KeyFile.privateText(seed: seed), to: secret, isPrivate: true)
            try FileOutput.write(KeyFile.publicText(publicKey: publicKey), to: shared)
        } catch {
            throw CommandError.input(printable(error.description))
        }
        Console.out(printable("\(secret)  keep it secret"))
        Console.out(printable("\(shared)  give it to those who verify"))
        Console.out("key \(KeyFile.id(of: publicKey))")
        return .success
    }
}

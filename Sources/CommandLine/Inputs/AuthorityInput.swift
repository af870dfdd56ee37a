internal import Arguments
internal import Bytes
internal import Platform
internal import Subjects

/// The authority whose certificates a sender is to trust while it is judged.
enum AuthorityInput {
    static let folder = Option(
        "tls", value: "folder", .text,
        help:
            "Judge how the sender verifies certificates too. An authority is made for it in this folder, or taken from "
            + "there: let the sender trust authority.pem.", completion: .directory)

    /// Makes certificates for an address; `nil` when none were asked for.
    static func trust(_ parsed: ParsedCommand, host: String) throws -> ReceiverTrust? {
        guard let path = try parsed[folder] else { return nil }
        do {
            return try ReceiverTrust(folder: path, host: host)
        } catch {
            throw CommandError.input("the folder '\(printable(path))' of --tls can't be used: \(printable("\(error)"))")
        }
    }
}

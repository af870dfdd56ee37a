internal import Platform
package import Transport

/// The authority of a receiver, and a certificate for each offer, as files in a folder that nobody else can read.
package final class ReceiverTrust: Sendable {
    /// The certificate of the authority, for the sender to trust.
    package let authorityFile: String
    /// What a receiver can offer.
    package let offers: [TLSOffer: ServerIdentity]
    /// The folder to remove at the end; `nil` for one that the user named.
    private let temporary: String?

    private static let authorityName = "authority.pem"
    private static let keyName = "authority.key"

    /// Makes everything anew.
    ///
    /// - Parameter host: the address of the receiver.
    package convenience init(host: String = "127.0.0.1") throws {
        let folder = try Folder.makePrivate(prefix: "countersign-tls")
        try self.init(folder, host: host, temporary: folder)
    }

    /// Takes the authority of a folder, or makes it there.
    package convenience init(folder: String, host: String) throws {
        try Folder.make(folder)
        try self.init(folder, host: host, temporary: nil)
    }

    private init(_ folder: String, host: String, temporary: String?) throws {
        self.temporary = temporary
        authorityFile = "\(folder)/\(Self.authorityName)"
        let authority = try Self.authority(folder)
        var offers = [TLSOffer: ServerIdentity]()
        for offer in TLSOffer.allCases {
            let issued = try authority.issue(for: host, offer)
            let (certificate, key) = ("\(folder)/\(offer.rawValue).pem", "\(folder)/\(offer.rawValue).key")
            try FileOutput.write(issued.certificate, to: certificate)
            try FileOutput.write(issued.key, to: key, isPrivate: true)
            offers[offer] = ServerIdentity(
                certificateFile: certificate, keyFile: key, offersOldVersionsOnly: offer == .oldVersions)
        }
        self.offers = offers
    }

    deinit {
        if let temporary { Folder.remove(temporary) }
    }

    private static func authority(_ folder: String) throws -> CertificateAuthority {
        let (certificate, key) = ("\(folder)/\(authorityName)", "\(folder)/\(keyName)")
        if FileInput.exists(certificate), FileInput.exists(key) {
            return try CertificateAuthority(
                certificate: FileInput.read(certificate, limit: mostBytes), key: FileInput.read(key, limit: mostBytes))
        }
        let authority = try CertificateAuthority()
        try FileOutput.write(authority.key, to: key, isPrivate: true)
        try FileOutput.write(authority.certificate, to: certificate)
        return authority
    }

    private static let mostBytes = 65_536
}

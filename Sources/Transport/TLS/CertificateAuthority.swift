internal import COpenSSL

/// An authority for tests, and the certificates that it issues: one that is good, and one with each fault.
package struct CertificateAuthority: Sendable {
    /// Its certificate in PEM, for those who are to trust it.
    package let certificate: [UInt8]
    /// Its private key in PEM.
    package let key: [UInt8]

    /// A certificate and its private key, in PEM.
    package struct Issued: Sendable {
        /// The certificate.
        package let certificate: [UInt8]
        /// The private key.
        package let key: [UInt8]
    }

    /// Why a certificate could not be made or read, in one line.
    package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// What happened.
        package let description: String
    }

    /// Makes an authority.
    ///
    /// - Parameter name: the common name on its certificate.
    package init(name: String = "Countersign test authority") throws(Failure) {
        let pair = try Key()
        let template = Template(subject: name, names: nil, isAuthority: true, begins: -Self.hour, ends: Self.year)
        let signed = try Certificate(template, key: pair, issuer: nil)
        certificate = try signed.pem()
        key = try pair.pem()
    }

    /// Takes an authority that was made earlier.
    package init(certificate: [UInt8], key: [UInt8]) throws(Failure) {
        _ = try Certificate(pem: certificate)
        _ = try Key(pem: key)
        self.certificate = certificate
        self.key = key
    }

    /// Issues a certificate for an address or a name.
    ///
    /// - Parameters:
    ///   - host: an address in digits, or a name.
    ///   - offer: which fault it has, if any.
    package func issue(for host: String, _ offer: TLSOffer) throws(Failure) -> Issued {
        let pair = try Key()
        let names = offer == .wrongName ? "DNS:wrong-name.invalid" : "\(Self.names(of: host)),DNS:localhost"
        let hasExpired = offer == .expired
        let template = Template(
            subject: "Countersign test receiver", names: names, isAuthority: false,
            begins: hasExpired ? -2 * Self.day : -Self.hour, ends: hasExpired ? -Self.day : Self.month)
        let issuer: (certificate: Certificate, key: Key)?
        switch offer {
        case .selfSigned: issuer = nil
        case .unknownAuthority:
            let other = try CertificateAuthority(name: "An authority that nobody trusts")
            issuer = (try Certificate(pem: other.certificate), try Key(pem: other.key))
        case .good, .expired, .wrongName, .oldVersions:
            issuer = (try Certificate(pem: certificate), try Key(pem: key))
        }
        let signed = try Certificate(template, key: pair, issuer: issuer)
        return Issued(certificate: try signed.pem(), key: try pair.pem())
    }

    private static func names(of host: String) -> String {
        let isAddress = host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
        return isAddress ? "IP:\(host)" : "DNS:\(host)"
    }

    private static let hour = 3600
    private static let day = 86_400
    private static let month = 30 * day
    private static let year = 365 * day
}

/// What a receiver offers in a TLS handshake.
package enum TLSOffer: String, Sendable, Hashable, CaseIterable {
    /// A certificate without fault.
    case good
    /// A certificate that signs itself.
    case selfSigned = "self-signed"
    /// A certificate that was valid until yesterday.
    case expired
    /// A certificate for another host.
    case wrongName = "wrong-name"
    /// A certificate of an authority that nobody trusts.
    case unknownAuthority = "unknown-authority"
    /// A good certificate, and no version after TLS 1.1.
    case oldVersions = "old-versions"
}

// MARK: OpenSSL

/// What a certificate says.
private struct Template {
    let subject: String
    /// The names that it is for, as OpenSSL writes them; `nil` for none.
    let names: String?
    let isAuthority: Bool
    /// When it begins and ends, in seconds from now.
    let begins: Int
    let ends: Int
}

/// The owner of an `EVP_PKEY` on the curve P-256.
private final class Key {
    let raw: OpaquePointer

    init() throws(CertificateAuthority.Failure) {
        guard let context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil) else { throw .init("making a key") }
        defer { EVP_PKEY_CTX_free(context) }
        var made: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_group_name(context, "P-256") == 1,
            EVP_PKEY_generate(context, &made) == 1, let made
        else { throw .init("making a key") }
        raw = made
    }

    init(pem: [UInt8]) throws(CertificateAuthority.Failure) {
        let read = reading(pem) { PEM_read_bio_PrivateKey($0, nil, { _, _, _, _ in -1 }, nil) }
        guard let read else { throw .init("reading a private key") }
        raw = read
    }

    deinit { EVP_PKEY_free(raw) }

    func pem() throws(CertificateAuthority.Failure) -> [UInt8] {
        guard let text = written({ PEM_write_bio_PrivateKey($0, raw, nil, nil, 0, nil, nil) }) else {
            throw .init("writing a private key")
        }
        return text
    }
}

/// The owner of an `X509`.
private final class Certificate {
    private let raw: OpaquePointer

    init(pem: [UInt8]) throws(CertificateAuthority.Failure) {
        let read = reading(pem) { PEM_read_bio_X509($0, nil, { _, _, _, _ in -1 }, nil) }
        guard let read else { throw .init("reading a certificate") }
        raw = read
    }

    /// Makes a certificate, signed by an issuer or by itself.
    init(
        _ template: Template, key: Key, issuer: (certificate: Certificate, key: Key)?
    ) throws(CertificateAuthority.Failure) {
        guard let made = X509_new() else { throw .init("making a certificate") }
        raw = made
        let issuing = issuer?.certificate.raw ?? made
        let serial = UInt64.random(in: 1...UInt64(Int64.max))
        let isFilled =
            X509_set_version(made, 2) == 1
            && ASN1_INTEGER_set_uint64(X509_get_serialNumber(made), serial) == 1
            && X509_gmtime_adj(X509_getm_notBefore(made), template.begins) != nil
            && X509_gmtime_adj(X509_getm_notAfter(made), template.ends) != nil
            && X509_set_pubkey(made, key.raw) == 1 && Self.name(X509_get_subject_name(made), template.subject)
            && X509_set_issuer_name(made, X509_get_subject_name(issuing)) == 1
        var extensions = [
            (NID_basic_constraints, template.isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE"),
            (NID_subject_key_identifier, "hash"),
        ]
        if issuer != nil { extensions.append((NID_authority_key_identifier, "keyid:always")) }
        if template.isAuthority { extensions.append((NID_key_usage, "critical,keyCertSign,cRLSign")) }
        if let names = template.names { extensions.append((NID_subject_alt_name, names)) }
        guard isFilled, extensions.allSatisfy({ Self.add($0.0, $0.1, to: made, issuedBy: issuing) }),
            X509_sign(made, (issuer?.key ?? key).raw, EVP_sha256()) > 0
        else { throw .init("signing a certificate") }
    }

    deinit { X509_free(raw) }

    func pem() throws(CertificateAuthority.Failure) -> [UInt8] {
        guard let text = written({ PEM_write_bio_X509($0, raw) }) else { throw .init("writing a certificate") }
        return text
    }

    private static func name(_ entries: OpaquePointer?, _ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return X509_NAME_add_entry_by_txt(entries, "CN", countersign_text_ascii, bytes, Int32(bytes.count), -1, 0) == 1
    }

    private static func add(
        _ kind: Int32, _ value: String, to certificate: OpaquePointer, issuedBy issuer: OpaquePointer
    ) -> Bool {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer, certificate, nil, nil, 0)
        guard let made = X509V3_EXT_nconf_nid(nil, &context, kind, value) else { return false }
        defer { X509_EXTENSION_free(made) }
        return X509_add_ext(certificate, made, -1) == 1
    }
}

extension CertificateAuthority.Failure {
    /// Takes the oldest error out of OpenSSL's queue.
    fileprivate init(_ operation: String) {
        self.init(description: "\(operation) failed: \(TLSError(drainingQueueOr: "no reason given").reason)")
    }
}

/// Reads something from PEM text, which outlives the reading.
private func reading<Value>(_ text: [UInt8], _ read: (OpaquePointer?) -> Value?) -> Value? {
    ERR_clear_error()
    return text.withUnsafeBufferPointer { text in
        let bio = BIO_new_mem_buf(text.baseAddress, Int32(clamping: text.count))
        defer { BIO_free(bio) }
        return read(bio)
    }
}

/// Returns what something writes; `nil` when it failed.
private func written(_ write: (OpaquePointer?) -> Int32) -> [UInt8]? {
    ERR_clear_error()
    let bio = BIO_new(BIO_s_mem())
    defer { BIO_free(bio) }
    guard write(bio) == 1 else { return nil }
    var text = [UInt8]()
    var piece = [UInt8](repeating: 0, count: 4096)
    while true {
        let count = BIO_read(bio, &piece, Int32(piece.count))
        guard count > 0 else { return text }
        text += piece[..<Int(count)]
    }
}

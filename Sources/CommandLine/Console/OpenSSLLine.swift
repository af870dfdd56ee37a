internal import Bytes
internal import Cryptography
internal import Reporting
internal import Schemes

/// A shell line that recomputes a signature with OpenSSL alone.
enum OpenSSLLine {
    static func text(message: [UInt8], key: [UInt8], scheme: Scheme) -> String {
        let message = ShellText.printf(message)
        let encoding = encoding(scheme.signature.encoding)
        switch scheme.signature.algorithm {
        case .hmac(let hash):
            return "\(message) | openssl dgst -\(hash.rawValue) -mac HMAC -macopt hexkey:\(Hex.string(key))\(encoding)"
        case .ed25519:
            // The seed after the fixed beginning of PKCS#8 (RFC 8410 §7); Ed25519 reads its message from a file.
            let der = Hex.decode(Array("302e020100300506032b657004220420".utf8)) ?? []
            return
                "\(message) > message; \(ShellText.printf(der + key)) > key.der; openssl pkeyutl -sign -rawin -in message "
                + "-inkey key.der -keyform DER | xxd -p -c 64"
        case .rs256:
            return "\(message) > message; openssl dgst -sha256 -sign key.pem\(encoding) < message"
        }
    }

    private static func encoding(_ encoding: SignatureEncoding) -> String {
        switch encoding {
        case .hex: ""
        case .base64: " -binary | openssl base64 -A"
        case .base64url: " -binary | openssl base64 -A | tr '+/' '-_' | tr -d '='"
        }
    }
}

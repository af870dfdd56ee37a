internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes
internal import Transport

/// Other functions, other texts of a signature, and other places for it.
enum SignatureSteps {
    // MARK: The function

    static func codes(for scheme: Scheme) -> [Step] {
        let documented = scheme.signature.algorithm
        guard !documented.hasPublicKey else { return [] }
        return codes.filter { $0.code != .sound(documented) }.map { entry in
            Step(
                Deviation(.algorithm, entry.id, actual: entry.actual, documented: documented.name.uppercased()),
                weight: entry.weight, .code(entry.code))
        }
    }

    private static let codes: [(id: String, actual: String, weight: Int, code: Code)] = [
        ("hmac-sha256", "HMAC-SHA256", 40, .sound(.hmac(.sha256))),
        ("hmac-sha1", "HMAC-SHA1", 40, .sound(.hmac(.sha1))),
        ("hmac-sha512", "HMAC-SHA512", 36, .sound(.hmac(.sha512))),
        ("hmac-sha384", "HMAC-SHA384", 10, .sound(.hmac(.sha384))),
        ("hmac-md5", "HMAC-MD5", 12, .sound(.hmac(.md5))),
        ("key-first", "the SHA-256 of secret and message, without HMAC", 32, .plain(.sha256, .first)),
        ("key-last", "the SHA-256 of message and secret, without HMAC", 30, .plain(.sha256, .last)),
        ("no-key", "the SHA-256 of the message, without any secret", 26, .plain(.sha256, .nowhere)),
        ("swapped", "HMAC with secret and message exchanged", 28, .swapped(.sha256)),
        ("digested-text", "HMAC over the SHA-256 of the message in hexadecimal", 16, .digested(.sha256, asText: true)),
        ("digested", "HMAC over the SHA-256 of the message", 14, .digested(.sha256, asText: false)),
        ("sha1-key-first", "the SHA-1 of secret and message, without HMAC", 8, .plain(.sha1, .first)),
        ("md5-key-last", "the MD5 of message and secret, without HMAC", 8, .plain(.md5, .last)),
        ("md5-key-first", "the MD5 of secret and message, without HMAC", 8, .plain(.md5, .first)),
        ("sha512-key-first", "the SHA-512 of secret and message, without HMAC", 6, .plain(.sha512, .first)),
    ]

    // MARK: The text

    static func texts(for scheme: Scheme) -> [Step] {
        let encoding = scheme.signature.encoding
        return texts.filter { $0.id != encoding.rawValue }.map { entry in
            Step(
                Deviation(.encoding, entry.id, actual: entry.actual, documented: "the signature in \(name(encoding))"),
                weight: entry.weight, .text(entry.text))
        }
    }

    private static func name(_ encoding: SignatureEncoding) -> String {
        switch encoding {
        case .hex: "lower-case hexadecimal"
        case .base64: "Base64"
        case .base64url: "Base64 with the URL alphabet"
        }
    }

    private struct Text: Sendable {
        let id: String
        let actual: String
        let weight: Int
        let text: @Sendable ([UInt8]) -> [UInt8]
    }

    private static let texts: [Text] = [
        Text(id: "hex", actual: "the signature in lower-case hexadecimal", weight: 36) { Hex.encode($0) },
        Text(id: "base64", actual: "the signature in Base64", weight: 36) { Base64.encode($0) },
        Text(id: "upper-hex", actual: "the signature in upper-case hexadecimal", weight: 28) {
            Hex.encode($0).map(ASCII.uppercased)
        },
        Text(id: "base64url", actual: "the signature in Base64 with the URL alphabet", weight: 24) {
            Base64.encode($0, alphabet: .url)
        },
        Text(id: "base64url-padded", actual: "the signature in padded Base64 with the URL alphabet", weight: 16) {
            mac in
            let text = Base64.encode(mac, alphabet: .url)
            return text + [UInt8](repeating: UInt8(ascii: "="), count: (4 - text.count % 4) % 4)
        },
        Text(id: "base64-unpadded", actual: "the signature in Base64 without padding", weight: 20) { mac in
            Array(Base64.encode(mac).prefix { $0 != UInt8(ascii: "=") })
        },
        Text(id: "base64-of-hex", actual: "the Base64 of the signature's hexadecimal text", weight: 24) {
            Base64.encode(Hex.encode($0))
        },
        Text(id: "prefixed-hex", actual: "the signature in hexadecimal after 0x", weight: 6) {
            Array("0x".utf8) + Hex.encode($0)
        },
        Text(id: "half", actual: "the first half of the signature", weight: 10) { Hex.encode($0.prefix($0.count / 2)) },
        Text(id: "no-leading-zeros", actual: "the signature without its leading zeros, as a number", weight: 6) { mac in
            Array(Hex.encode(mac).drop { $0 == UInt8(ascii: "0") })
        },
    ]

    // MARK: The place

    /// Where an endpoint may look for the signature, and what it may ask besides.
    static func wires(for scheme: Scheme) -> [Step] {
        guard scheme.token == nil else { return [] }
        let header = scheme.signature.header
        var steps = prefixes(for: scheme)
        let names = headerNames.filter { !$0.utf8.elementsEqual(header.utf8) }
        for (place, name) in names.enumerated() {
            let deviation = Deviation(
                .header, name, actual: "the signature in \(name)", documented: "the signature in \(header)")
            steps.append(
                Step(
                    deviation, weight: max(6, 24 - 2 * place),
                    .wire { request, scheme in
                        guard let value = request.headers.first(named: scheme.signature.header) else { return }
                        request.headers.append(name, value)
                    }))
        }
        return steps
    }

    private static func prefixes(for scheme: Scheme) -> [Step] {
        guard case .value(let documented) = scheme.signature.grammar else { return [] }
        let said = documented.isEmpty ? "no text before the signature" : "\(documented) before the signature"
        return ["", "sha256=", "v0=", "v1=", "sha1=", "HMAC ", "Bearer "]
            .filter { $0 != documented }.enumerated().map { place, prefix in
                let actual = prefix.isEmpty ? "no text before the signature" : "\(prefix) before the signature"
                let id =
                    prefix.isEmpty ? "no-prefix" : "prefix-\(prefix.filter { $0.isLetter || $0.isNumber }.lowercased())"
                return Step(
                    Deviation(.header, id, actual: actual, documented: said), weight: max(6, 30 - 4 * place),
                    .wire { request, scheme in
                        guard let value = request.headers.first(named: scheme.signature.header) else { return }
                        request.headers.set(
                            scheme.signature.header, Array(prefix.utf8) + value.dropFirst(documented.utf8.count))
                    })
            }
    }

    static let headerNames = [
        "X-Signature", "X-Hub-Signature-256", "X-Webhook-Signature", "X-Hub-Signature", "Signature", "X-Signature-256",
        "Authorization", "X-Hmac-SHA256", "Webhook-Signature",
    ]

    // MARK: Another scheme

    /// The other built-in schemes that codes (HMAC) sign.
    static func schemes(besides scheme: Scheme) -> [Step] {
        guard !scheme.signature.algorithm.hasPublicKey else { return [] }
        return KnownSchemes.all.filter { $0.id != scheme.id && !$0.signature.algorithm.hasPublicKey }.map { other in
            Step(
                Deviation(.scheme, other.id, actual: "the scheme of \(other.title)", documented: scheme.title),
                weight: 14, .scheme(other))
        }
    }
}

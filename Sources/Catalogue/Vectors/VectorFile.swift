internal import Bytes
internal import Cryptography
public import Schemes

/// The frozen form of a scheme's cases: `vectors/<scheme>.json`.
public enum VectorFile {
    /// The version of the set: it changes when a case is added, removed or changed.
    public static let setVersion = "2026.11"

    /// Gives the bytes of the file. They are the same on every machine and at any time.
    public static func bytes(of scheme: Scheme) -> [UInt8] { json(of: scheme).serialized(.pretty) }

    static func json(of scheme: Scheme) -> JSON {
        let cases = Catalogue.cases(for: scheme)
        let secret = VectorContext.secret(of: scheme)
        let plain = Draft(VectorContext.context(of: scheme)).signedRequest()
        return [
            "$schema": "schemas/vectors.schema.json",
            "format": 1,
            "set": ["id": .string(scheme.id), "version": .string(setVersion), "license": "Apache-2.0"],
            "generator": "countersign vectors generate",
            "clock": .number(String(VectorContext.clock)),
            "secrets": [
                "current": [
                    "text": .string(String(decoding: secret.text, as: UTF8.self)),
                    "key": .string(Hex.string(secret.key)),
                    "provenance": "published, never for use",
                ]
            ],
            "credentials": .object(
                scheme.credentials.map { credential in
                    let value = VectorContext.credentials(of: scheme)[credential.id] ?? []
                    return JSON.Member(credential.id, .string(String(decoding: value, as: UTF8.self)))
                }),
            "signature": [
                "header": .string(scheme.signature.header),
                "message": .string(scheme.signature.message.text),
                "algorithm": .string(scheme.signature.algorithm.name),
                "encoding": .string(scheme.signature.encoding.rawValue),
            ],
            "numberOfTests": JSON(cases.count),
            "tests": .array(cases.map { Vector($0, scheme: scheme).json(in: scheme, plain: plain) }),
        ]
    }
}

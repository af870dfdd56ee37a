internal import Bytes
internal import Cryptography
internal import ReportModel
package import Schemes

/// The frozen form of a scheme's cases: `vectors/<scheme>.json`.
package enum VectorFile {
    /// The version of the set: it changes when a case is added, removed or changed.
    package static let setVersion = "2026.11"

    /// Returns the bytes of the file, which are the same on every machine and at any time.
    package static func bytes(of scheme: Scheme) -> [UInt8] { json(of: scheme).serialized(.pretty) }

    static func json(of scheme: Scheme) -> JSON {
        let context = VectorContext.context(of: scheme)
        let vectors = Catalogue.cases(for: scheme).compactMap { Vector($0, context: context) }
        let plain = Draft(context).signedRequest()
        return .object(
            [
                .init("$schema", "schemas/vectors.schema.json"),
                .init("format", 1),
                .init(
                    "set", ["id": .string(scheme.id), "version": .string(setVersion), "license": "Apache-2.0"]),
                .init("generator", "countersign vectors generate"),
                .init("clock", .number(String(VectorContext.clock))),
                .init("secrets", ["current": secret(context.secret)]),
                .init(
                    "credentials",
                    .array(
                        scheme.valueNames.map { name in
                            let header = scheme.credentials.first { $0.id == name }?.header
                            let value = context.credentials[name] ?? []
                            return .object(
                                [JSON.Member("id", .string(name))]
                                    + (header.map { [JSON.Member("header", .string($0))] } ?? [])
                                    + [JSON.Member("value", .string(String(decoding: value, as: UTF8.self)))])
                        })),
            ] + recipe(of: scheme) + [
                .init("notes", notes(on: Set(vectors.flatMap(\.testCase.covers)))),
                .init("numberOfTests", JSON(vectors.count)),
                .init(
                    "tests",
                    .array(vectors.map { $0.json(in: scheme, secret: context.secret, plain: plain) })),
            ])
    }

    private static func secret(_ secret: Secret) -> JSON {
        [
            "text": .string(String(decoding: secret.text, as: UTF8.self)),
            "key": .string(Hex.string(secret.key)),
            "provenance": "published, never for use",
        ]
    }

    /// The signing recipe under the names of a scheme file, so that a reader needs nothing else.
    private static func recipe(of scheme: Scheme) -> [JSON.Member] {
        let rule = scheme.signature
        var members: [JSON.Member] = [
            .init(
                "signature",
                [
                    "header": .string(rule.header),
                    "grammar": grammar(rule.grammar),
                    "message": .string(rule.message.text),
                    "algorithm": .string(rule.algorithm.name),
                    "encoding": .string(rule.encoding.rawValue),
                    "secret": [
                        "decode": .string(rule.secret.decoding.rawValue), "prefix": .string(rule.secret.prefix),
                    ],
                ])
        ]
        switch scheme.timestamp {
        case .header(let name): members.append(.init("timestamp", ["header": .string(name)]))
        case .field(let name): members.append(.init("timestamp", ["field": .string(name)]))
        case nil: break
        }
        if let window = scheme.freshness {
            let future = window.future.map { JSON.number(String($0)) } ?? .null
            members.append(.init("freshness", ["past": .number(String(window.past)), "future": future]))
        }
        switch scheme.eventID {
        case .header(let name): members.append(.init("eventID", ["header": .string(name)]))
        case .pointer(let pointer): members.append(.init("eventID", ["pointer": .string(pointer)]))
        case nil: break
        }
        return members
    }

    private static func grammar(_ grammar: SignatureRule.Grammar) -> JSON {
        switch grammar {
        case .value(let prefix): ["kind": "value", "prefix": .string(prefix)]
        case .fields(let separator, let signature):
            ["kind": "fields", "separator": .string(separator), "signature": .string(signature)]
        case .list(let version): ["kind": "list", "version": .string(version)]
        case .token(let rule):
            [
                "kind": "token", "prefix": .string(rule.prefix), "issuer": .string(rule.issuer),
                "audience": .string(rule.audience),
                "bindings": .array(
                    rule.bindings.map { ["claim": .string($0.claim), "pointer": .string($0.pointer)] }),
                "lifetime": .number(String(rule.lifetime)), "leeway": .number(String(rule.leeway)),
            ]
        }
    }

    /// The explanations of the flags that occur in a file.
    private static func notes(on flags: Set<String>) -> JSON {
        .object(
            Weakness.all.filter { flags.contains($0.id) }.map { entry in
                JSON.Member(
                    entry.id,
                    [
                        "title": .string(entry.title), "bug": .string(entry.bug), "effect": .string(entry.effect),
                        "severity": .string(entry.severity.rawValue), "cwe": .array(entry.cwe.map { JSON($0) }),
                        "links": JSON(entry.links),
                    ])
            })
    }
}

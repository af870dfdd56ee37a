internal import Bytes
internal import Cryptography
public import Schemes
internal import Transport

/// A case frozen to bytes: the fixed clock, secret and id of `VectorContext`.
public struct Vector: Sendable {
    /// The case.
    public let kase: Case
    /// The valid request.
    public let control: SignedRequest
    /// The request with the one change.
    public let probe: SignedRequest

    /// Freezes a case for a scheme.
    public init(_ kase: Case, scheme: Scheme) {
        let context = VectorContext.context(of: scheme)
        self.kase = kase
        control = kase.controlRequest(context)
        probe = kase.probeRequest(context)
    }

    /// A longer body stands in a vector by its length and digest only.
    static let longestBody = 16 * 1024

    func json(in scheme: Scheme, plain: SignedRequest) -> JSON {
        let level = kase.level(in: scheme)
        var members: [JSON.Member] = [
            .init("id", .string(kase.id)),
            .init("title", .string(kase.title)),
            .init("level", .string(level.rawValue)),
            .init("severity", .string(kase.severity.rawValue)),
            .init("flags", JSON(kase.covers)),
            .init("cwe", .array(kase.cwe.map { JSON($0) })),
            .init("clauses", JSON(scheme.clauses(on: kase.topic).map(\.id))),
            .init("profile", .string(kase.profile.rawValue)),
        ]
        members.append(
            .init("control", control == plain ? "control/plain" : Self.requestJSON(control)))
        members.append(.init("mutation", ["changes": JSON(kase.changes.consequences(in: scheme).words)]))
        members.append(.init("request", Self.requestJSON(probe)))
        members.append(
            .init(
                "derived",
                [
                    "message": Self.bytesJSON(probe.message),
                    "mac": .string(Hex.string(probe.mac)),
                ]))
        members.append(
            .init(
                "expect",
                [
                    "observation": .string(kase.expectation.decision.rawValue),
                    "statuses": .array(kase.expectation.statuses(in: scheme).map { JSON($0) }),
                ]))
        return .object(members)
    }

    static func requestJSON(_ signed: SignedRequest) -> JSON {
        let request = signed.request
        return [
            "method": textJSON(request.method),
            "path": textJSON(request.target),
            "headers": .array(
                request.headers.fields.map { .array([textJSON($0.name), textJSON($0.value)]) }),
            "framing": framingJSON(request.framing),
            "body": bytesJSON(request.body),
        ]
    }

    private static func framingJSON(_ framing: HTTPRequest.Framing) -> JSON {
        switch framing {
        case .contentLength: "content-length"
        case .chunked(let size): ["chunked": JSON(size)]
        case .asGiven: "as-given"
        }
    }

    /// Text where the bytes are printable ASCII, an object with Base64 where they are not.
    private static func textJSON(_ bytes: [UInt8]) -> JSON {
        let isPlain = bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        return isPlain
            ? .string(String(decoding: bytes, as: UTF8.self)) : ["base64": .string(Base64.string(bytes))]
    }

    /// Base64, with a mirror in text where the bytes are UTF-8 without control characters.
    private static func bytesJSON(_ bytes: [UInt8]) -> JSON {
        guard bytes.count <= longestBody else {
            return [
                "length": JSON(bytes.count), "sha256": .string(Hex.string(HashFunction.sha256.digest(bytes))),
            ]
        }
        var members = [JSON.Member("base64", .string(Base64.string(bytes)))]
        if let text = String(validating: bytes, as: UTF8.self), bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) {
            members.append(.init("text", .string(text)))
        }
        return .object(members)
    }
}

internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes
internal import Transport

/// Writes requests and bytes in the form of vector files.
struct VectorWriter {
    let rule: SignatureRule
    let key: [UInt8]

    /// Longer bytes are written as their length and digest, and as runs when they are regular enough.
    static let longest = 16 * 1024
    private static let mostRuns = 64

    /// Returns a request with the message that was signed and the correct MAC of that message.
    func signed(_ signed: SignedRequest) -> JSON {
        [
            "request": request(signed.request),
            "derived": [
                "message": Self.bytes(signed.message),
                "mac": .string(Hex.string(rule.algorithm.sign(signed.message, key: key))),
            ],
        ]
    }

    private func request(_ request: HTTPRequest) -> JSON {
        [
            "method": Self.text(request.method),
            "path": Self.text(request.target),
            "headers": .array(request.headers.fields.map { .array([Self.text($0.name), Self.text($0.value)]) }),
            "framing": Self.framing(request.framing),
            "body": Self.bytes(request.body),
        ]
    }

    private static func framing(_ framing: HTTPRequest.Framing) -> JSON {
        switch framing {
        case .contentLength: "content-length"
        case .chunked(let size): ["chunked": JSON(size)]
        case .pieces(let size): ["pieces": JSON(size)]
        case .asGiven: "as-given"
        }
    }

    /// Text if the bytes are printable ASCII, otherwise an object with Base64.
    private static func text(_ bytes: [UInt8]) -> JSON {
        bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
            ? .string(String(decoding: bytes, as: UTF8.self)) : ["base64": .string(Base64.string(bytes))]
    }

    /// Base64, with a text mirror if the bytes are UTF-8 without control characters.
    static func bytes(_ bytes: [UInt8]) -> JSON {
        guard bytes.count <= longest else { return long(bytes) }
        var members = [JSON.Member("base64", .string(Base64.string(bytes)))]
        if bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }), let text = String(validating: bytes, as: UTF8.self) {
            members.append(.init("text", .string(text)))
        }
        return .object(members)
    }

    private static func long(_ bytes: [UInt8]) -> JSON {
        var members: [JSON.Member] = [
            .init("length", JSON(bytes.count)),
            .init("sha256", .string(Hex.string(HashFunction.sha256.digest(bytes)))),
        ]
        if let runs = runs(of: bytes) {
            members.append(
                .init("runs", .array(runs.map { .array([.string(Base64.string($0.bytes)), JSON($0.count)]) })))
        }
        return .object(members)
    }

    /// Returns the bytes as pieces with their repeat counts; `nil` when that would be long too.
    private static func runs(of bytes: [UInt8]) -> [(bytes: [UInt8], count: Int)]? {
        var runs = [(bytes: [UInt8], count: Int)]()
        var plain = [UInt8]()
        var place = 0
        while place < bytes.count {
            var end = place
            while end < bytes.count, bytes[end] == bytes[place] { end += 1 }
            if end - place < 32 {
                plain += bytes[place..<end]
            } else {
                if !plain.isEmpty { runs.append((plain, 1)) }
                plain = []
                runs.append(([bytes[place]], end - place))
            }
            place = end
        }
        if !plain.isEmpty { runs.append((plain, 1)) }
        return runs.count <= mostRuns && runs.allSatisfy { $0.bytes.count <= longest } ? runs : nil
    }
}

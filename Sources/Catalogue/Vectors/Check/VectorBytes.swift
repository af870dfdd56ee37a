internal import Bytes
internal import Cryptography
internal import ReportModel

/// Bytes of a vector file: complete, or so long that only length and digest are given.
enum VectorBytes: Hashable {
    case known([UInt8])
    case digest(length: Int, sha256: [UInt8])

    /// The bytes, if the file has them.
    var bytes: [UInt8]? { if case .known(let bytes) = self { bytes } else { nil } }
}

extension JSONCursor {
    /// More than any vector needs, so that a hostile file can't fill the memory.
    private static let mostBytes = 64 * 1024 * 1024

    func bytes() throws(JSONProblem) -> VectorBytes {
        guard value["length"] != nil else { return .known(try shortBytes()) }
        let members = try object(["length", "sha256"], optional: ["runs"])
        let length: Int = try members["length"].integer()
        let digest = try members["sha256"].hexadecimal()
        guard digest.count == 32 else { throw problem("a SHA-256 digest has 64 digits") }
        guard let runs = members.member("runs") else { return .digest(length: length, sha256: digest) }
        let bytes = try runs.expanded(length: length)
        guard HashFunction.sha256.digest(bytes) == digest else { throw problem("the digest does not match the runs") }
        return .known(bytes)
    }

    private func shortBytes() throws(JSONProblem) -> [UInt8] {
        let members = try object(["base64"], optional: ["text"])
        let bytes = try members["base64"].base64()
        guard let mirror = members.member("text") else { return bytes }
        guard Array(try mirror.string.utf8) == bytes else {
            throw mirror.problem("the text does not match the Base64 beside it")
        }
        return bytes
    }

    private func expanded(length: Int) throws(JSONProblem) -> [UInt8] {
        var bytes = [UInt8]()
        for run in try elements {
            let pair = try run.elements
            guard pair.count == 2 else { throw run.problem("expected Base64 and a repeat count") }
            let piece = try pair[0].base64()
            let count: Int = try pair[1].integer()
            let (size, overflow) = piece.count.multipliedReportingOverflow(by: count)
            guard count > 0, !overflow, size <= Self.mostBytes - bytes.count else {
                throw run.problem("expected a count of at least 1, and at most \(Self.mostBytes) bytes in all")
            }
            bytes.reserveCapacity(bytes.count + size)
            if piece.count == 1 {
                bytes.append(contentsOf: repeatElement(piece[0], count: count))
            } else {
                for _ in 0..<count { bytes += piece }
            }
        }
        guard bytes.count == length else { throw problem("the runs have \(bytes.count) bytes, not \(length)") }
        return bytes
    }
}

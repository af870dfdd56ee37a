internal import ReportModel

/// The parts of gzip (RFC 1952) that the cases need: stored blocks, and a run of zeros that grows when decompressed.
package enum Gzip {
    /// Wraps bytes without compressing them (RFC 1951 §3.2.4).
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var out = header
        var rest = bytes[...]
        repeat {
            let block = rest.prefix(0xFFFF)
            rest = rest.dropFirst(block.count)
            out.append(rest.isEmpty ? 1 : 0)
            out += littleEndian(UInt16(block.count)) + littleEndian(~UInt16(block.count)) + block
        } while !rest.isEmpty
        return out + littleEndian(crc(bytes)) + littleEndian(UInt32(truncatingIfNeeded: bytes.count))
    }

    /// Zeros compressed to about a 150th of their size: one literal, then 258-byte copies at distance one, in fixed
    /// Huffman codes (RFC 1951 §3.2.6).
    package static func zeros(copies: Int) -> [UInt8] {
        var bits = BitWriter()
        bits.write(0b1, 1)
        bits.write(0b01, 2)
        bits.writeCode(0b0011_0000, 8)
        for _ in 0..<copies {
            bits.writeCode(0b1100_0101, 8)
            bits.writeCode(0, 5)
        }
        bits.writeCode(0, 7)
        let count = 1 + copies * 258
        let sum = crc(repeatElement(0, count: count))
        return header + bits.bytes + littleEndian(sum) + littleEndian(UInt32(truncatingIfNeeded: count))
    }

    /// Magic number, deflate, no flags, no time, no hints, unknown system.
    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]

    private static func littleEndian(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    private static let table: [UInt32] = (0..<256).map { start in
        (0..<8).reduce(UInt32(start)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }

    private static func crc(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(UInt32.max) { $0 >> 8 ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
    }

    private struct BitWriter {
        var bytes: [UInt8] = []
        private var free = 0

        /// Writes a number, least significant bit first.
        mutating func write(_ value: Int, _ width: Int) {
            for place in 0..<width { append(UInt8(value >> place & 1)) }
        }

        /// Writes a Huffman code, most significant bit first.
        mutating func writeCode(_ code: Int, _ width: Int) {
            for place in (0..<width).reversed() { append(UInt8(code >> place & 1)) }
        }

        private mutating func append(_ bit: UInt8) {
            if free == 0 {
                bytes.append(0)
                free = 8
            }
            bytes[bytes.count - 1] |= bit << UInt8(8 - free)
            free -= 1
        }
    }
}

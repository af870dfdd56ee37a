internal import Bytes
internal import Platform

/// Addresses that are not public.
enum InsideAddress {
    /// Whether a host is a name of this machine, or an address that is not public (RFC 6890 §2.2).
    static func isInside(_ host: String) -> Bool {
        guard let bytes = Socket.addressBytes(of: host) else {
            return ASCII.equalsIgnoringCase(host.utf8, "localhost".utf8)
        }
        if bytes.count == 4 { return isInside(bytes[...]) }
        // ::ffff:0:0/96, which is reached by IPv4.
        if bytes.starts(with: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]) { return isInside(bytes[12...]) }
        let isLow = bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] <= 1
        return isLow || bytes[0] & 0xFE == 0xFC || bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
    }

    private static func isInside(_ four: ArraySlice<UInt8>) -> Bool {
        switch (four[four.startIndex], four[four.startIndex + 1]) {
        case (0, _), (10, _), (127, _), (169, 254), (172, 16...31), (192, 168): true
        case (100, 64...127): true
        default: false
        }
    }
}

/// An address inside the machine of a sender, as somebody may write it to get around a list of forbidden ones.
package struct InternalAddress: Sendable, Hashable {
    /// What tells it from the others, in the id of its case.
    package let name: String
    /// The host of a URL.
    package let host: String
    /// Whether it is reached by IPv6.
    package let isIPv6: Bool

    init(_ name: String, _ host: String, isIPv6: Bool = false) {
        self.name = name
        self.host = host
        self.isIPv6 = isIPv6
    }

    /// Those that reach this machine whatever its network is. The forms with less than four numbers, and those in octal
    /// and hexadecimal digits, are what `inet_aton` of the C library takes.
    package static let all = [
        InternalAddress("loopback", "127.0.0.1"), InternalAddress("name", "localhost"),
        InternalAddress("short", "127.1"), InternalAddress("decimal", "2130706433"),
        InternalAddress("octal", "0177.0.0.1"), InternalAddress("hexadecimal", "0x7f000001"),
        InternalAddress("unspecified", "0.0.0.0"), InternalAddress("ipv6", "[::1]", isIPv6: true),
        InternalAddress("ipv4-in-ipv6", "[::ffff:127.0.0.1]"),
    ]
}

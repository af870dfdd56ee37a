internal import Bytes
internal import Platform

/// Where a client connects and what it requests: an `http` or `https` URL, read strictly.
package struct TargetURL: Sendable, Hashable, CustomStringConvertible {
    /// Whether the connection is under TLS.
    package let isTLS: Bool
    /// The name or address, without brackets.
    package let host: String
    /// The port, 1 to 65535.
    package let port: UInt16
    /// The path and query as in a request line (RFC 9112 §3.2.1).
    package let target: String

    /// What is wrong with a URL, and what the correct form is.
    package struct ParseError: Error, Sendable, Hashable, CustomStringConvertible {
        /// One sentence on the fault and one on the remedy.
        package let description: String
    }

    /// Reads an address of the form `http(s)://host[:port]/path?query` (RFC 3986 §3, RFC 9110 §4.2).
    /// Nothing is repaired: anything that would need a guess is rejected.
    package init(_ text: String) throws(ParseError) {
        let bytes = Array(text.utf8)
        guard let separator = ASCII.firstRange(of: Array("://".utf8), in: bytes) else {
            throw Self.error("The address has no scheme", "write http://host:port/path or https://host/path")
        }
        let scheme = bytes[..<separator.lowerBound]
        guard ASCII.equalsIgnoringCase(scheme, "http".utf8) || ASCII.equalsIgnoringCase(scheme, "https".utf8) else {
            throw Self.error("The scheme is neither http nor https", "write http://host:port/path or https://host/path")
        }
        isTLS = scheme.count == 5
        let rest = bytes[separator.upperBound...]
        let authorityEnd = rest.firstIndex { "/?#".utf8.contains($0) } ?? rest.endIndex
        (host, port) = try Self.readAuthority(Array(rest[..<authorityEnd]), defaultPort: isTLS ? 443 : 80)
        target = try Self.readTarget(Array(rest[authorityEnd...]))
    }

    /// The host and port as in the `Host` header: no port if it is the default (RFC 9110 §7.2).
    package var authority: String {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return port == (isTLS ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// Whether the address can only be this machine: 127.0.0.0/8, `::1` or `localhost`.
    package var isLoopback: Bool {
        if Socket.isIPv4(host) { return host.hasPrefix("127.") }
        return host == "::1" || ASCII.equalsIgnoringCase(host.utf8, "localhost".utf8)
    }

    /// Whether the host is an address and not a name.
    package var isAddress: Bool { Socket.isIPv4(host) || Socket.isIPv6(host) }

    /// The whole address.
    package var description: String { "\(isTLS ? "https" : "http")://\(authority)\(target)" }

    private static func error(_ fault: String, _ remedy: String) -> ParseError {
        ParseError(description: "\(fault): \(remedy).")
    }

    private static func readAuthority(
        _ bytes: [UInt8], defaultPort: UInt16
    ) throws(ParseError) -> (host: String, port: UInt16) {
        guard !bytes.contains(UInt8(ascii: "@")) else {
            throw error("The address has a user name before the host", "remove everything up to the @")
        }
        let hostEnd: Int
        let host: [UInt8]
        if bytes.first == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else {
                throw error("The bracket of the IPv6 address is not closed", "write http://[::1]:port/path")
            }
            host = Array(bytes[1..<close])
            hostEnd = close + 1
            guard Socket.isIPv6(String(decoding: host, as: UTF8.self)) else {
                throw error("The text in brackets is no IPv6 address", "write http://[::1]:port/path")
            }
        } else {
            hostEnd = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
            host = Array(bytes[..<hostEnd])
            try check(name: host)
        }
        let text = String(decoding: host, as: UTF8.self)
        guard hostEnd < bytes.endIndex else { return (text, defaultPort) }
        guard bytes[hostEnd] == UInt8(ascii: ":"), let number = ASCII.decimal(bytes[(hostEnd + 1)...]),
            let port = UInt16(exactly: number), port > 0
        else {
            throw error("The port is not a number from 1 to 65535", "write host:port, an IPv6 address in brackets")
        }
        return (text, port)
    }

    private static func check(name: [UInt8]) throws(ParseError) {
        guard !name.isEmpty else { throw error("The address has no host", "write http://host:port/path") }
        let isPlain = name.allSatisfy { byte in
            ASCII.isDigit(byte) || (0x61...0x7A).contains(ASCII.lowercased(byte)) || "-._".utf8.contains(byte)
        }
        guard isPlain else {
            throw error(
                "The host has a character that no host name has",
                "use letters, digits, - and . only, an international name in its xn-- form")
        }
        // The system's resolver reads 0x7f.1 and 2130706433 as addresses too: addresses that people do not recognise
        // are rejected.
        let lastLabel = name.split(separator: UInt8(ascii: ".")).last ?? []
        let isNumeric =
            lastLabel.allSatisfy(ASCII.isDigit) || ASCII.equalsIgnoringCase(lastLabel.prefix(2), "0x".utf8)
        guard !isNumeric || Socket.isIPv4(String(decoding: name, as: UTF8.self)) else {
            throw error("The host looks like an IPv4 address but is not one", "write four numbers, such as 127.0.0.1")
        }
    }

    private static func readTarget(_ bytes: [UInt8]) throws(ParseError) -> String {
        guard !bytes.contains(UInt8(ascii: "#")) else {
            throw error("The address has a fragment, which is never sent", "remove the # and what follows it")
        }
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw error("The path has a space or a character outside ASCII", "percent-encode it")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return bytes.first == UInt8(ascii: "/") ? text : "/" + text
    }
}

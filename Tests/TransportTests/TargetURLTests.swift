import Testing
import Transport

@Suite("An address")
struct TargetURLTests {
    struct Good: Sendable, CustomTestStringConvertible {
        var text: String
        var isTLS: Bool
        var host: String
        var port: UInt16
        var target: String
        var authority: String
        var isLoopback: Bool
        var testDescription: String { text }
    }

    @Test(
        "is taken apart",
        arguments: [
            Good(
                text: "http://localhost", isTLS: false, host: "localhost", port: 80, target: "/",
                authority: "localhost", isLoopback: true),
            Good(
                text: "HTTPS://Example.test:8443/a/b?c=d&e", isTLS: true, host: "Example.test", port: 8443,
                target: "/a/b?c=d&e", authority: "Example.test:8443", isLoopback: false),
            Good(
                text: "https://example.test:443?x", isTLS: true, host: "example.test", port: 443, target: "/?x",
                authority: "example.test", isLoopback: false),
            Good(
                text: "http://127.9.8.7:1/", isTLS: false, host: "127.9.8.7", port: 1, target: "/",
                authority: "127.9.8.7:1", isLoopback: true),
            Good(
                text: "http://[::1]:65535/x", isTLS: false, host: "::1", port: 65535, target: "/x",
                authority: "[::1]:65535", isLoopback: true),
            Good(
                text: "http://[2001:db8::2]/", isTLS: false, host: "2001:db8::2", port: 80, target: "/",
                authority: "[2001:db8::2]", isLoopback: false),
            Good(
                text: "http://127.example.test/", isTLS: false, host: "127.example.test", port: 80, target: "/",
                authority: "127.example.test", isLoopback: false),
            Good(
                text: "http://h/?a=http://b@c:d", isTLS: false, host: "h", port: 80, target: "/?a=http://b@c:d",
                authority: "h", isLoopback: false),
        ])
    func parts(_ good: Good) throws {
        let url = try TargetURL(good.text)
        #expect(url.isTLS == good.isTLS && url.host == good.host && url.port == good.port)
        #expect(url.target == good.target && url.authority == good.authority && url.isLoopback == good.isLoopback)
        #expect(try TargetURL(url.description) == url)
    }

    @Test(
        "that leaves something to guess is refused",
        arguments: [
            ("", "no scheme"), ("localhost:80", "no scheme"), ("ftp://h/", "neither http nor https"),
            ("://h/", "neither"), ("http://", "no host"), ("http:///x", "no host"), ("http://:80/", "no host"),
            ("http://u:p@h/", "user name"), ("http://u@h", "user name"), ("http://h:0/", "port"),
            ("http://h:65536/", "port"), ("http://h:/", "port"), ("http://h:+80/", "port"), ("http://h:080/", "port"),
            ("http://h:8\u{0660}/", "port"), ("http://::1/", "no host"), ("http://[::1/", "not closed"),
            ("http://[::1]x/", "port"), ("http://[127.0.0.1]/", "no IPv6"), ("http://[fe80::1%25eth0]/", "no IPv6"),
            ("http://h/#x", "fragment"), ("http://h#x", "fragment"), ("http://h/a b", "space"),
            ("http://h/é", "outside ASCII"), ("http://h/\r\nX: y", "space"), ("http://münchen.test/", "character"),
            ("http://h%41/", "character"), ("http://a b/", "character"), ("http://127.1/", "IPv4"),
            ("http://2130706433/", "IPv4"), ("http://0x7f000001/", "IPv4"), ("http://127.0.0.256/", "IPv4"),
            ("http://127.0.0.1./", "IPv4"),
        ])
    func refused(_ text: String, _ word: String) {
        let error = #expect(throws: TargetURL.ParseError.self) { try TargetURL(text) }
        #expect(error?.description.contains(word) == true, "\(error?.description ?? "none")")
    }
}

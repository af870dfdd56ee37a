import Testing
import Transport

@Suite("A request on the wire")
struct HTTPRequestTests {
    @Test("keeps duplicate headers, their case and their bytes")
    func exactBytes() {
        var headers = Headers([HeaderField("X-Sig", "a"), HeaderField("x-SIG", "b")])
        headers.fields.append(HeaderField(name: Array("X-Raw".utf8), value: [0xE9, 0x00]))
        let request = HTTPRequest(target: "/hook?x=1", headers: headers, body: [0xFF])
        let expected =
            Array("POST /hook?x=1 HTTP/1.1\r\nX-Sig: a\r\nx-SIG: b\r\nX-Raw: ".utf8) + [0xE9, 0x00]
            + Array("\r\nContent-Length: 1\r\n\r\n".utf8) + [0xFF]
        #expect(request.wireBytes == expected)
    }

    @Test("writes chunks of the size asked for")
    func chunked() {
        let request = HTTPRequest(target: "/", body: Array("abcde".utf8), framing: .chunked(size: 2))
        #expect(
            String(decoding: request.wireBytes, as: UTF8.self)
                == "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n2\r\ncd\r\n1\r\ne\r\n0\r\n\r\n")
    }

    @Test(
        "may be refused unread for a method, a line or lengths that HTTP does not allow",
        arguments: [
            (HTTPRequest(target: "/"), false), (HTTPRequest(method: "PATCH", target: "/"), false),
            (HTTPRequest(method: "post", target: "/"), true),
            (HTTPRequest(target: "/", headers: Headers([HeaderField("X", "a\u{E9}")])), false),
            (HTTPRequest(target: "/", headers: Headers([HeaderField("X", "a\0")])), true),
            (HTTPRequest(target: "/", headers: Headers([HeaderField("X ", "a")])), true),
            (HTTPRequest(target: "/", headers: Headers([HeaderField("content-length", "0")])), true),
            (
                HTTPRequest(target: "/", headers: Headers([HeaderField("Content-Length", "0")]), framing: .asGiven),
                false
            ),
        ])
    func refusedUnread(_ request: HTTPRequest, _ isOdd: Bool) { #expect(request.mayBeRefusedUnread == isOdd) }

    @Test("sets the first of several lines and removes the rest")
    func set() {
        var headers = Headers([HeaderField("A", "1"), HeaderField("B", "2"), HeaderField("a", "3")])
        headers.set("a", [0x39])
        #expect(headers == Headers([HeaderField("A", "9"), HeaderField("B", "2")]))
    }
}

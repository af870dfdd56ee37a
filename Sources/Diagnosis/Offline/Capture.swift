internal import Bytes
package import ReportModel
package import Transport

/// A request that was captured somewhere, and what the capture itself says of it.
package struct Capture: Sendable {
    /// The request.
    package var request: HTTPRequest
    /// Where it was sent, if that is known.
    package var url: String?
    /// What the capture shows of lost bytes.
    package var facts: [CaptureFact] = []

    /// Creates a capture.
    package init(request: HTTPRequest, url: String? = nil, facts: [CaptureFact] = []) {
        self.request = request
        self.url = url
        self.facts = facts
    }

    /// Why a text is no captured request.
    package struct Problem: Error, Sendable {
        /// What is wrong, and what was expected.
        package let reason: String
    }

    /// Reads a captured request: an HTTP message, a `curl` command line, a HAR file or one of its entries, an event of
    /// smee.io, or a request of webhook.site.
    package static func read(_ bytes: [UInt8]) throws(Problem) -> Capture {
        let start = bytes.drop { Forms.isWhiteSpace($0) }
        if start.starts(with: "curl ".utf8) { return try CurlReader.capture(start) }
        if start.first == UInt8(ascii: "{") || start.first == UInt8(ascii: "[") {
            return try JSONCapture.capture(bytes)
        }
        return try message(bytes)
    }

    /// Reads an HTTP message whose lines end with CR LF or LF; everything after the empty line is the body.
    private static func message(_ bytes: [UInt8]) throws(Problem) -> Capture {
        var rest = bytes[...]
        var lines = [[UInt8]]()
        while let end = rest.firstIndex(of: 0x0A) {
            let line = rest[..<end].last == 0x0D ? rest[..<end].dropLast() : rest[..<end]
            rest = rest[(end + 1)...]
            if line.isEmpty { break }
            lines.append(Array(line))
        }
        guard let first = lines.first else {
            throw Problem(reason: "it has no lines; an HTTP message begins with a line such as 'POST /hook HTTP/1.1'")
        }
        var headers = Headers()
        let words = ASCII.split(first, separator: 0x20)
        let hasRequestLine = words.count == 3 && words[2].starts(with: "HTTP/".utf8)
        for line in hasRequestLine ? lines.dropFirst() : lines[...] {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0 else {
                let what = hasRequestLine ? "a header line has no colon" : "it begins with no request line"
                throw Problem(
                    reason: "\(what); expected an HTTP message, a curl command, a HAR entry, or the JSON of smee.io or "
                        + "webhook.site")
            }
            headers.fields.append(
                HeaderField(name: Array(line[..<colon]), value: ASCII.trimmed(line[(colon + 1)...])))
        }
        let method = hasRequestLine ? String(decoding: words[0], as: UTF8.self) : "POST"
        let target = hasRequestLine ? String(decoding: words[1], as: UTF8.self) : "/"
        let request = HTTPRequest(
            method: method, target: target, headers: headers, body: Array(rest), framing: .asGiven)
        return Capture(
            request: request,
            url: headers.first(named: "Host").map { host in
                "https://\(String(decoding: host, as: UTF8.self))\(target)"
            })
    }

    /// Returns the path and query of a URL.
    static func target(of url: String) -> String {
        let bytes = Array(url.utf8)
        guard let scheme = ASCII.firstRange(of: Array("://".utf8), in: bytes),
            let slash = bytes[scheme.upperBound...].firstIndex(where: { "/?".utf8.contains($0) })
        else { return "/" }
        return String(decoding: bytes[slash...], as: UTF8.self)
    }
}

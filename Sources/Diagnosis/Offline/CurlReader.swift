internal import Bytes
internal import Transport

/// Reads the `curl` command lines that people paste: quoted by a POSIX shell, or as browsers copy them.
enum CurlReader {
    static func capture(_ text: ArraySlice<UInt8>) throws(Capture.Problem) -> Capture {
        var words = try words(of: text).dropFirst()
        var headers = Headers()
        var (method, url) = ([UInt8]?.none, "")
        var pieces = [[UInt8]]()
        while let word = words.popFirst() {
            var (name, attached) = (String(decoding: word, as: UTF8.self), [UInt8]?.none)
            if name.hasPrefix("--"), let equals = word.firstIndex(of: UInt8(ascii: "=")) {
                (name, attached) = (String(decoding: word[..<equals], as: UTF8.self), Array(word[(equals + 1)...]))
            } else if word.first == UInt8(ascii: "-"), word.count > 2, word[1] != UInt8(ascii: "-") {
                (name, attached) = ("-" + String(UnicodeScalar(word[1])), Array(word[2...]))
            }
            func value() throws(Capture.Problem) -> [UInt8] {
                guard let value = attached ?? words.popFirst() else {
                    throw Capture.Problem(reason: "curl's option \(printable(name)) has no value")
                }
                return value
            }
            switch name {
            case "-H", "--header":
                let line = try value()
                guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { break }
                headers.fields.append(
                    HeaderField(name: Array(line[..<colon]), value: ASCII.trimmed(line[(colon + 1)...])))
            case "-X", "--request": method = try value()
            case "--url": url = String(decoding: try value(), as: UTF8.self)
            case "-A", "--user-agent": headers.set("User-Agent", try value())
            case "-d", "--data", "--data-ascii", "--data-raw", "--data-binary", "--json":
                var piece = try value()
                if piece.first == UInt8(ascii: "@"), name != "--data-raw" {
                    throw Capture.Problem(
                        reason: "curl reads the body from a file; give that file with --body as well")
                }
                // --data and --data-ascii drop line ends from files only; a value on the command line stays as it is.
                if name == "--json" { headers.set("Content-Type", Array("application/json".utf8)) }
                if !pieces.isEmpty, name != "--json" { piece.insert(UInt8(ascii: "&"), at: 0) }
                pieces.append(piece)
            case _ where valued.contains(name): _ = try value()
            case _ where word.first == UInt8(ascii: "-"): break
            default: url = String(decoding: word, as: UTF8.self)
            }
        }
        let request = HTTPRequest(
            method: method.map { String(decoding: $0, as: UTF8.self) } ?? "POST", target: Capture.target(of: url),
            headers: headers, body: Array(pieces.joined()), framing: .asGiven)
        return Capture(request: request, url: url.isEmpty ? nil : url)
    }

    /// Options whose values say nothing about the request.
    private static let valued: Set<String> = [
        "-o", "--output", "-u", "--user", "-b", "--cookie", "-m", "--max-time", "--connect-timeout", "--cacert", "-w",
        "--write-out", "--retry", "-e", "--referer", "-x", "--proxy", "--resolve",
    ]

    /// Splits a command line as a POSIX shell does, with `$'…'`, and nothing expanded.
    private static func words(of text: ArraySlice<UInt8>) throws(Capture.Problem) -> [[UInt8]] {
        var words = [[UInt8]]()
        var word: [UInt8]?
        var rest = text
        while let byte = rest.popFirst() {
            switch byte {
            case _ where Forms.isWhiteSpace(byte):
                if let word { words.append(word) }
                word = nil
            case UInt8(ascii: "'"): word = (word ?? []) + (try quoted(&rest, by: byte))
            case UInt8(ascii: "\""): word = (word ?? []) + (try quoted(&rest, by: byte))
            case UInt8(ascii: "$") where rest.first == UInt8(ascii: "'"):
                rest.removeFirst()
                word = (word ?? []) + (try escaped(&rest))
            case UInt8(ascii: "\\"):
                // A line that goes on in the next one.
                if rest.first == 0x0D { rest.removeFirst() }
                if rest.first == 0x0A {
                    rest.removeFirst()
                } else if let next = rest.popFirst() {
                    word = (word ?? []) + [next]
                }
            default: word = (word ?? []) + [byte]
            }
        }
        return words + (word.map { [$0] } ?? [])
    }

    private static func quoted(_ rest: inout ArraySlice<UInt8>, by mark: UInt8) throws(Capture.Problem) -> [UInt8] {
        var out = [UInt8]()
        while let byte = rest.popFirst() {
            if byte == mark { return out }
            if byte == UInt8(ascii: "\\"), mark == UInt8(ascii: "\""), let next = rest.first,
                "\"\\$`\n".utf8.contains(next)
            {
                rest.removeFirst()
                if next != 0x0A { out.append(next) }
            } else {
                out.append(byte)
            }
        }
        throw Capture.Problem(reason: "a quotation mark in the curl command is never closed")
    }

    /// Reads `$'…'`, the form in which browsers copy bodies with line ends.
    private static func escaped(_ rest: inout ArraySlice<UInt8>) throws(Capture.Problem) -> [UInt8] {
        var out = [UInt8]()
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "'") { return out }
            guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
                out.append(byte)
                continue
            }
            switch next {
            case UInt8(ascii: "n"): out.append(0x0A)
            case UInt8(ascii: "r"): out.append(0x0D)
            case UInt8(ascii: "t"): out.append(0x09)
            case UInt8(ascii: "x"):
                let digits = rest.prefix(2)
                if let value = Hex.decode(digits) { out += value }
                rest = rest.dropFirst(digits.count)
            case UInt8(ascii: "u"):
                let digits = rest.prefix(4)
                let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16).flatMap(UnicodeScalar.init)
                if let value { out += String(value).utf8 }
                rest = rest.dropFirst(digits.count)
            default: out.append(next)
            }
        }
        throw Capture.Problem(reason: "a quotation mark in the curl command is never closed")
    }
}

internal import Bytes
internal import Platform
internal import Reporting
internal import Schemes
internal import Transport

/// What libFuzzer calls. The variable PARSER names what it is for; the program traps where a property does not hold,
/// and the sanitizer where memory is misused.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    parser(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

private let parser: @Sendable ([UInt8]) -> Void = {
    let name = CurrentProcess.environment("PARSER") ?? ""
    guard let parser = parsers[name] else {
        fatalError("PARSER is '\(name)', which is none of \(parsers.keys.sorted())")
    }
    return parser
}()

private let parsers: [String: @Sendable ([UInt8]) -> Void] = [
    "json": json, "hex": hex, "base64": base64, "url": url, "date": date, "request": request, "response": response,
    "signature": signature, "token": token, "scheme": scheme, "report": report, "redaction": redaction,
]

/// Ends the program where a property does not hold.
private func require(_ holds: @autoclosure () -> Bool, _ property: String) {
    guard holds() else { fatalError(property) }
}

// MARK: Texts

private func json(_ bytes: [UInt8]) {
    _ = try? JSON.parse(bytes, allowsComments: true)
    guard let value = try? JSON.parse(bytes) else { return }
    require((try? JSON.parse(value.serialized())) == value, "what is written is read back")
}

private func hex(_ bytes: [UInt8]) {
    guard let decoded = Hex.decode(bytes) else { return }
    require(Hex.encode(decoded) == bytes.map(ASCII.lowercased), "a text has one meaning")
}

private func base64(_ bytes: [UInt8]) {
    for alphabet in [Base64.Alphabet.standard, .url] {
        guard let decoded = Base64.decode(bytes, alphabet: alphabet) else { continue }
        require(Base64.encode(decoded, alphabet: alphabet) == bytes, "bytes have one spelling")
    }
}

private func url(_ bytes: [UInt8]) {
    guard let url = try? TargetURL(String(decoding: bytes, as: UTF8.self)) else { return }
    require((try? TargetURL(url.description)) == url, "what is written is read back")
}

private func date(_ bytes: [UInt8]) {
    guard let seconds = HTTPDate.parse(bytes) else { return }
    require(HTTPDate.parse(HTTPDate.format(seconds)) == seconds, "what is written is read back")
}

// MARK: Messages

/// Feeds a parser in pieces, whose sizes the first byte says.
private func feed(_ bytes: [UInt8], by size: Int, _ consume: (UnsafeRawBufferPointer) throws -> Int) throws {
    var held = [UInt8]()
    var rest = bytes[...]
    while !rest.isEmpty {
        held += rest.prefix(size)
        rest = rest.dropFirst(size)
        while !held.isEmpty {
            let used = try held.withUnsafeBytes(consume)
            require(used <= held.count, "no more is used than there is")
            held.removeFirst(used)
            if used == 0 { break }
        }
    }
}

private func request(_ bytes: [UInt8]) {
    func parsed(by size: Int) -> HTTPRequest? {
        var parser = RequestParser(maximumBody: 4096, headLimit: 4096)
        guard (try? feed(bytes, by: size) { parser.isComplete ? 0 : try parser.consume($0) }) != nil else { return nil }
        return parser.isComplete ? parser.request : nil
    }
    require(parsed(by: max(1, bytes.count)) == parsed(by: 1), "pieces make no difference")
}

private func response(_ bytes: [UInt8]) {
    func parsed(by size: Int, _ method: String) -> HTTPResponse? {
        var parser = ResponseParser(
            requestMethod: Array(method.utf8), limits: ResponseParser.Limits(head: 4096, kept: 64, body: 4096))
        guard (try? feed(bytes, by: size) { parser.isComplete ? 0 : try parser.consume($0) }) != nil else { return nil }
        if !parser.isComplete { guard (try? parser.end()) != nil else { return nil } }
        return parser.response
    }
    for method in ["POST", "HEAD"] {
        require(parsed(by: max(1, bytes.count), method) == parsed(by: 1, method), "pieces make no difference")
    }
}

// MARK: Schemes

private let schemes = SchemeLibrary.all

private func signature(_ bytes: [UInt8]) {
    for scheme in schemes { _ = SignatureHeader(of: scheme).read(bytes) }
}

private func token(_ bytes: [UInt8]) { _ = Token(bytes) }

private func scheme(_ bytes: [UInt8]) {
    guard let scheme = try? Scheme.read(bytes) else { return }
    _ = scheme.weaknesses()
}

// MARK: Reports

private func report(_ bytes: [UInt8]) {
    guard let (report, version) = try? JSONReport.report(from: bytes) else { return }
    let written = JSONReport.bytes(of: report, version: version)
    guard let again = try? JSONReport.report(from: written) else { fatalError("what is written is not read back") }
    require(JSONReport.bytes(of: again.report, version: again.version) == written, "what is written is read back")
}

/// The secret, in the clear wherever the text has it so, is never left.
private func redaction(_ bytes: [UInt8]) {
    let secret = Array("s3cr3t/+".utf8)
    var search = SecretSearch()
    search.add(secret, as: "secret")
    var out = [UInt8]()
    var end = 0
    for (range, _) in search.places(in: bytes) {
        require(range.lowerBound >= end && range.upperBound <= bytes.count, "places are in order")
        out += bytes[end..<range.lowerBound] + Array("[]".utf8)
        end = range.upperBound
    }
    out += bytes[end...]
    require(ASCII.firstRange(of: secret, in: out) == nil, "a secret is left")
}

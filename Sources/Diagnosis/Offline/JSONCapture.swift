internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

/// Reads requests that tools keep as JSON.
enum JSONCapture {
    static func capture(_ bytes: [UInt8]) throws(Capture.Problem) -> Capture {
        let root: JSON
        do {
            root = try JSON.parse(bytes)
        } catch {
            throw Capture.Problem(reason: "it looks like JSON and is not: \(error)")
        }
        if let entries = root[pointer: "/log/entries"]?.array {
            let bodies = entries.compactMap { $0["request"] }
            let chosen = bodies.first { $0["method"]?.string == "POST" } ?? bodies.first
            guard let chosen else { throw Capture.Problem(reason: "the HAR file has no entry with a request") }
            return har(chosen)
        }
        if let request = root["request"], request["headers"] != nil { return har(request) }
        if root["postData"] != nil, root["headers"]?.array != nil { return har(root) }
        if root["content"]?.string != nil, let headers = root["headers"]?.members {
            return site(root, headers, root["content"]?.string ?? "")
        }
        if let body = root["body"] { return relay(root, body) }
        throw Capture.Problem(
            reason: "it is JSON, but no HAR entry (request, headers, postData), no event of smee.io (body) and no "
                + "request of webhook.site (content, headers)")
    }

    /// A request of a HAR file (version 1.2). Its text is characters; bytes that were none are lost.
    static func har(_ request: JSON) -> Capture {
        var headers = Headers()
        for line in request["headers"]?.array ?? [] {
            guard let name = line["name"]?.string, !name.hasPrefix(":") else { continue }
            headers.append(name, Array((line["value"]?.string ?? "").utf8))
        }
        let text = request[pointer: "/postData/text"]?.string ?? ""
        let isBase64 = ["encoding", "_encoding"].contains { request["postData"]?[$0]?.string == "base64" }
        let decoded = isBase64 ? Base64.decode(Array(text.utf8)) : Array(text.utf8)
        let body = decoded ?? []
        let url = request["url"]?.string
        var capture = Capture(
            request: HTTPRequest(
                method: request["method"]?.string ?? "POST", target: Capture.target(of: url ?? ""), headers: headers,
                body: body, framing: .asGiven), url: url)
        // U+FFFD is what writers put for bytes that are no characters.
        let hasReplacements = !isBase64 && text.unicodeScalars.contains("\u{FFFD}")
        let size = request["bodySize"]?.integer ?? -1
        if decoded == nil || hasReplacements || size > 0 && size != body.count {
            capture.facts.append(.lostBytes(.har))
        }
        return capture
    }

    /// A request as webhook.site exports it.
    private static func site(_ root: JSON, _ members: [JSON.Member], _ content: String) -> Capture {
        var headers = Headers()
        for member in members {
            for value in member.value.array ?? [member.value] {
                headers.append(member.key, Array((value.string ?? "").utf8))
            }
        }
        let url = root["url"]?.string
        return Capture(
            request: HTTPRequest(
                method: root["method"]?.string ?? "POST", target: Capture.target(of: url ?? ""), headers: headers,
                body: Array(content.utf8), framing: .asGiven), url: url)
    }

    /// An event of smee.io: header names in lower case beside the body, which it parsed. A body that is a text was kept
    /// as it came.
    private static func relay(_ root: JSON, _ body: JSON) -> Capture {
        var headers = Headers()
        let lines =
            root["headers"]?.members
            ?? (root.members ?? []).filter { !["body", "query", "timestamp"].contains($0.key) }
        for line in lines { headers.append(line.key, Array((line.value.string ?? "").utf8)) }
        let isParsed = body.string == nil
        let bytes = body.string.map { Array($0.utf8) } ?? Serialiser.all[0].serialise(body)
        return Capture(
            request: HTTPRequest(target: "/", headers: headers, body: bytes, framing: .asGiven),
            facts: isParsed ? [.lostBytes(.relay)] : [])
    }
}

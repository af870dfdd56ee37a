internal import Bytes
internal import Catalogue
internal import Platform
internal import ReportModel
internal import Subjects
internal import Transport

/// Requests to addresses other than the target's: observers and administrative interfaces.
enum SideCall {
    /// Sends a request and returns its answer.
    ///
    /// - Parameters:
    ///   - what: the name of what is called, for errors.
    ///   - path: path and query; `nil` for those of the side channel.
    ///   - token: a bearer token.
    ///   - stop: what breaks the call off.
    /// - Throws: `Obstacle` when there is no answer.
    static func send(
        to what: String, _ method: String, _ channel: any SideChannel, path: String? = nil, token: [UInt8]? = nil,
        body: JSON? = nil, options: ClientOptions, until stop: StopSignal
    ) throws(Obstacle) -> HTTPResponse {
        var headers = Headers([
            HeaderField("Host", channel.authority), HeaderField("User-Agent", "countersign"),
            HeaderField("Accept", "application/json"),
        ])
        if let token { headers.append("Authorization", Array("Bearer ".utf8) + token) }
        if body != nil { headers.append("Content-Type", Array("application/json".utf8)) }
        let request = HTTPRequest(
            method: method, target: path ?? channel.path, headers: headers, body: body?.serialized() ?? [],
            framing: .contentLength)
        // An observer may list every event that it has seen.
        var options = options
        options.keptBodyLimit = 16 << 20
        options.readLimit = options.keptBodyLimit
        switch channel.answer(to: request, options: options, until: stop) {
        case .success(let answer) where answer.bodyIsCut:
            throw Obstacle("\(what) answered with more than \(options.readLimit >> 20) MiB")
        case .success(let answer): return answer
        case .failure(let failure): throw Obstacle("\(what) gave no answer: \(failure.words)")
        }
    }
}

internal import Bytes
internal import Catalogue
package import Platform
package import Transport

/// Keeps every request that arrives, byte for byte, in a folder of files that only their owner may read: what signs them
/// is inside. Each is answered 200.
package final class TrafficRecorder: Sendable {
    /// How much is kept.
    package struct Limits: Sendable, Hashable {
        /// The most requests.
        package var requests = 10_000
        /// The most bytes of all requests.
        package var bytes = 256 << 20

        /// Creates the usual limits.
        package init() {}
    }

    /// What has arrived.
    package struct Tally: Sendable, Hashable {
        /// How many requests were kept.
        package var kept = 0
        /// How many bytes they have.
        package var bytes = 0
        /// How many more were answered 429 and not kept.
        package var beyondLimits = 0
        /// How much arrived that was not HTTP, or too large, and was not kept.
        package var malformed = 0
        /// Why nothing more can be kept; `nil` while it can.
        package var failure: String?
    }

    private struct State {
        var tally = Tally()
        var server: HTTPServer?
        var isEnding = false
    }

    private let folder: String
    private let index: Index
    private let limits: Limits
    private let host: String
    private let isSecure: Bool
    private let clock: @Sendable () -> Int64
    private let start = MonotonicClock.nanoseconds()
    private let state = Monitor(State())

    /// The file of the index; it is written under the lock of the state alone.
    private final class Index: @unchecked Sendable {
        let file: AppendedFile
        init(_ path: String) throws(SystemError) { file = try AppendedFile(privateAt: path) }
    }

    /// Prepares a folder, which is created if there is none.
    ///
    /// - Throws: `SystemError` when it can't be made, or holds a recording.
    package init(
        folder: String, host: String = "127.0.0.1", isSecure: Bool = false, limits: Limits = Limits(),
        clock: @escaping @Sendable () -> Int64 = { WallClock.seconds() }
    ) throws(SystemError) {
        self.folder = folder
        self.host = host
        self.isSecure = isSecure
        self.limits = limits
        self.clock = clock
        try Folder.make(folder)
        index = try Index("\(folder)/\(RecordedTraffic.indexName)")
        let head: JSON = ["format": 1, "started": .number(String(clock()))]
        try index.file.append(head.serialized() + [0x0A])
    }

    /// Begins to listen.
    ///
    /// - Throws: `ServerError` when it can't.
    package func listen(port: UInt16 = 0, identity: ServerIdentity? = nil) throws(ServerError) {
        let watch = ServerWatch(refused: { [self] _ in state.change { $0.tally.malformed += 1 } })
        let server = HTTPServer(port: port, host: host, tls: identity, watch: watch) { [self] request, bytes in
            keep(request, bytes)
        }
        try server.start()
        state.change { $0.server = server }
    }

    /// Scheme, host and port that it listens on.
    package var origin: String {
        let port = state.change { $0.server?.port ?? 0 }
        return "\(isSecure ? "https" : "http")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    /// What has arrived so far.
    package var tally: Tally { state.change { $0.tally } }

    /// Waits until so many requests were kept or nothing more can be kept, the deadline passes, or something asks for
    /// the end.
    package func wait(for count: Int?, until stop: StopSignal) {
        while !stop.isStopped {
            let next = min(stop.deadline, Deadline(after: .milliseconds(200)))
            let isDone: (State) -> Bool = { $0.tally.failure != nil || $0.tally.kept >= count ?? .max }
            state.wait(by: next, until: isDone)
            if state.change({ isDone($0) }) {
                // The last answer has yet to leave.
                return MonotonicClock.pause(Self.farewell)
            }
        }
    }

    private static let farewell = Duration.milliseconds(500)

    /// Closes every connection.
    package func stop() {
        let server = state.change { state in
            state.isEnding = true
            return state.server
        }
        server?.stop()
    }

    private func keep(_ request: HTTPRequest, _ bytes: [UInt8]) -> ServerAction {
        let time = Double(MonotonicClock.nanoseconds() - start) / 1e9
        let unixTime = clock()
        return state.change { state -> ServerAction in
            guard state.tally.failure == nil else { return .answer(HTTPResponse(status: 503)) }
            guard !state.isEnding, state.tally.kept < limits.requests, state.tally.bytes + bytes.count <= limits.bytes
            else {
                state.tally.beyondLimits += 1
                return .answer(HTTPResponse(status: 429))
            }
            let name = RecordedTraffic.fileName(state.tally.kept + 1)
            do throws(SystemError) {
                try AppendedFile(privateAt: "\(folder)/\(name)").append(bytes)
                let line: JSON = [
                    "file": .string(name), "seconds": .number(RecordedTraffic.text(time)),
                    "unix": .number(String(unixTime)), "status": 200,
                ]
                try index.file.append(line.serialized() + [0x0A])
            } catch {
                state.tally.failure = "\(error)"
                return .answer(HTTPResponse(status: 503))
            }
            state.tally.kept += 1
            state.tally.bytes += bytes.count
            return .answer(HTTPResponse(status: 200, body: Array(#"{"ok":true}"#.utf8)))
        }
    }
}

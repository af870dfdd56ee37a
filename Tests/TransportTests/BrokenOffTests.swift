import Platform
import Testing
import Transport

/// An end that is asked for reaches every wait at once, however patient the options are.
@Suite("An exchange that is broken off", .timeLimit(.minutes(2))) struct BrokenOffTests {
    struct Peer: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var isSecure = false
        let script: @Sendable (PeerConnection, Monitor<Bool>) -> Void
    }

    /// Each raises the flag when the client is waiting.
    static let peers = [
        Peer(testDescription: "silent") { connection, isWaiting in
            connection.readHead()
            isWaiting.change { $0 = true }
            _ = connection.readToEnd()
        },
        Peer(testDescription: "one byte at a time") { connection, isWaiting in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nX-Slow: ")
            isWaiting.change { $0 = true }
            connection.drip()
        },
        Peer(testDescription: "without end") { connection, isWaiting in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
            isWaiting.change { $0 = true }
            let block = [UInt8](repeating: 0x61, count: 64)
            while connection.send(block) {}
        },
        Peer(testDescription: "silent in the handshake", isSecure: true) { connection, isWaiting in
            isWaiting.change { $0 = true }
            _ = connection.readToEnd()
        },
        Peer(testDescription: "taking nothing") { _, isWaiting in
            isWaiting.change { $0 = true }
            _ = Descriptor.wait(for: [], by: Deadline(after: .seconds(30)))
        },
    ]

    @Test(arguments: peers) func ends(_ peer: Peer) throws {
        let isWaiting = Monitor(false)
        let server = try ScriptedPeer { connection, _ in peer.script(connection, isWaiting) }
        let stop = StopSignal()
        let patient = ClientOptions(
            connectTimeout: .seconds(600), sendTimeout: .seconds(600), answerTimeout: .seconds(600),
            readLimit: Int.max)
        let client = HTTPClient(
            target: try TargetURL("\(peer.isSecure ? "https" : "http")://127.0.0.1:\(server.port)/"),
            options: patient, stop: stop)
        let thread = WorkerThread {
            isWaiting.wait { $0 }
            stop.stop()
        }
        let body = [UInt8](repeating: 0x61, count: peer.testDescription == "taking nothing" ? 64 << 20 : 10)
        #expect(client.exchange(.sample(body: body)).result == .failure(.brokenOff))
        thread?.join()
        // None begins afterwards.
        #expect(client.exchange(.sample()).result == .failure(.brokenOff))
    }

    @Test("has no longer than the deadline of all") func deadline() throws {
        let server = try ScriptedPeer { connection, _ in _ = connection.readToEnd() }
        let client = HTTPClient(
            target: try server.url, options: ClientOptions(answerTimeout: .seconds(600)),
            stop: StopSignal(by: Deadline(after: .milliseconds(100))))
        #expect(client.exchange(.sample()).result == .failure(.brokenOff))
    }

    @Test("ends a command and all that it started") func command() {
        let stop = StopSignal()
        let thread = WorkerThread { stop.stop() }
        #expect(throws: Subprocess.Failure.stopped) {
            _ = try Subprocess.output(
                of: "sleep 600 & sleep 600", by: Deadline(after: .seconds(600)), unless: stop)
        }
        thread?.join()
    }
}

import Platform
import Testing

@testable import Transport

@Suite("A kept connection")
struct ConnectionReuseTests {
    static let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

    @Test("carries many exchanges")
    func reuse() throws {
        let peer = try ScriptedPeer { connection, _ in
            while !connection.read(until: "{}").isEmpty { connection.send(Self.answer) }
        }
        let client = HTTPClient(target: try peer.url)
        let opened = (0..<10).map { _ in client.exchange(.sample()).openedConnection }
        #expect(opened == [true] + [Bool](repeating: false, count: 9))
        client.close()
        #expect(client.exchange(.sample()).openedConnection)
    }

    @Test(
        "is not used again when the answer says so",
        arguments: [
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nConnection: x, CLOSE\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nmore than announced",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ])
    func notReused(_ answer: String) throws {
        let peer = try ScriptedPeer { connection, _ in
            while !connection.read(until: "{}").isEmpty { connection.send(answer) }
        }
        let client = HTTPClient(target: try peer.url)
        for _ in 0..<2 {
            let exchange = client.exchange(.sample())
            #expect(try exchange.result.get().status == 200)
            #expect(exchange.openedConnection)
            #expect(!exchange.wasRetried)
        }
    }

    @Test("is neither used nor left for a request that a server may refuse unread")
    func refusedUnread() throws {
        let peer = try ScriptedPeer { connection, _ in
            while !connection.read(until: "{}").isEmpty { connection.send(Self.answer) }
        }
        let client = HTTPClient(target: try peer.url)
        var odd = HTTPRequest.sample()
        odd.method = Array("post".utf8)
        let opened = [.sample(), odd, .sample(), .sample()].map { client.exchange($0).openedConnection }
        #expect(opened == [true, true, true, false])
    }

    @Test("that the target closed is replaced by a new one")
    func closedByTarget() throws {
        let peer = try ScriptedPeer { connection, _ in
            connection.read(until: "{}")
            connection.send(Self.answer)
        }
        let client = HTTPClient(target: try peer.url)
        for _ in 0..<5 { #expect(try client.exchange(.sample()).result.get().status == 200) }
        #expect(peer.accepted == 5)
    }

    @Test("that dies before a byte of answer is replaced once", arguments: [true, false])
    func retriedOnce(resets: Bool) throws {
        let peer = try ScriptedPeer { connection, number in
            connection.read(until: "{}")
            if number < 2 {
                connection.send(Self.answer)
                connection.read(until: "{}")
            }
            if resets { connection.willReset() }
        }
        let client = HTTPClient(target: try peer.url)
        #expect(try client.exchange(.sample()).result.get().status == 200)
        let second = client.exchange(.sample())
        #expect(try second.result.get().status == 200)
        #expect(second.wasRetried && second.openedConnection)
        // The third connection answers nothing at all, and there is no second retry.
        let third = client.exchange(.sample())
        #expect(third.result == .failure(resets ? .reset : .closedWithoutAnswer))
        #expect(third.wasRetried)
        #expect(peer.accepted == 3)
    }

    @Test("on which unsolicited bytes arrived is replaced by a new one")
    func strayBytes() throws {
        let steps = Monitor((firstIsDone: false, strayIsSent: false))
        let peer = try ScriptedPeer { connection, number in
            connection.read(until: "{}")
            connection.send(Self.answer)
            if number == 0 {
                steps.wait { $0.firstIsDone }
                connection.send("HTTP/1.1 500 Stray\r\nContent-Length: 0\r\n\r\n")
                steps.change { $0.strayIsSent = true }
            }
            _ = connection.readToEnd()
        }
        let client = HTTPClient(target: try peer.url)
        #expect(try client.exchange(.sample()).result.get().status == 200)
        steps.change { $0.firstIsDone = true }
        steps.wait { $0.strayIsSent }
        let second = client.exchange(.sample())
        #expect(try second.result.get().status == 200)
        #expect(second.openedConnection && !second.wasRetried)
    }

    @Test("on which the target is silent is replaced once")
    func silentIsRetried() throws {
        let peer = try ScriptedPeer { connection, number in
            connection.read(until: "{}")
            if number < 2 { connection.send(Self.answer) }
            _ = connection.readToEnd()
        }
        let client = HTTPClient(target: try peer.url, options: .hasty)
        #expect(try client.exchange(.sample()).result.get().status == 200)
        let second = client.exchange(.sample())
        #expect(try second.result.get().status == 200)
        #expect(second.wasRetried && second.openedConnection)
        let third = client.exchange(.sample())
        #expect(third.result == .failure(.silent(bytesReceived: 0)))
        #expect(third.wasRetried && peer.accepted == 3)
    }

    @Test(
        "is not replaced once a byte of an answer has come",
        arguments: ["H", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"])
    func begunIsNotRetried(_ beginning: String) throws {
        let peer = try ScriptedPeer { connection, _ in
            connection.read(until: "{}")
            connection.send(Self.answer)
            connection.read(until: "{}")
            connection.send(beginning)
        }
        let client = HTTPClient(target: try peer.url)
        #expect(try client.exchange(.sample()).result.get().status == 200)
        let second = client.exchange(.sample())
        #expect(second.result == .failure(.truncated(bytesReceived: beginning.utf8.count)))
        #expect(!second.wasRetried && peer.accepted == 1)
    }

    @Test("whose target is gone reports a failure to connect, and that the request was sent")
    func goneAfterwards() throws {
        let listener = try Socket.listen(host: "127.0.0.1", port: 0)
        let port = Socket.boundPort(listener)
        let thread = WorkerThread {
            _ = Descriptor.wait(listener, for: .readable, by: Deadline(after: .seconds(10)))
            guard let descriptor = try? Socket.acceptConnection(listener) else { return }
            Descriptor.close(listener)
            let connection = PeerConnection(descriptor: descriptor)
            connection.read(until: "{}")
            connection.send(Self.answer)
            connection.read(until: "{}")
        }
        let client = HTTPClient(target: try TargetURL("http://127.0.0.1:\(port)/"))
        #expect(try client.exchange(.sample()).result.get().status == 200)
        let second = client.exchange(.sample())
        #expect(second.result == .failure(.unreachable(reason: "Connection refused")))
        #expect(second.wasRetried && second.bytesSent == HTTPRequest.sample().wireBytes.count)
        thread?.join()
    }

    @Test("can't be opened to a port where nobody listens")
    func refused() throws {
        let listener = try Socket.listen(host: "127.0.0.1", port: 0)
        let port = Socket.boundPort(listener)
        Descriptor.close(listener)
        let exchange = HTTPClient(target: try TargetURL("http://127.0.0.1:\(port)/")).exchange(.sample())
        #expect(exchange.result == .failure(.unreachable(reason: "Connection refused")))
        #expect(exchange.bytesSent == 0)
    }
}

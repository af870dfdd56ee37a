import Catalogue
import Foundation
import Platform
import Subjects
import Testing
import Transport

/// What a recorder keeps, and what comes back when it is read.
@Suite("The recorder of traffic")
struct RecorderTests {
    /// A recorder that listens until it is let go, and its folder, which is removed then.
    final class Listening: Sendable {
        let folder: String
        let recorder: TrafficRecorder

        init(_ limits: TrafficRecorder.Limits = .init()) throws {
            folder = try Folder.makePrivate(prefix: "countersign-recorder") + "/traffic"
            recorder = try TrafficRecorder(folder: folder, limits: limits, clock: { 1_800_000_000 })
            try recorder.listen()
        }

        deinit {
            recorder.stop()
            try? FileManager.default.removeItem(atPath: String(folder.dropLast("/traffic".count)))
        }

        func send(_ bytes: String) throws -> Int {
            let url = try TargetURL(recorder.origin + "/")
            return try HTTPClient(target: url).exchange(bytes: Array(bytes.utf8), method: Array("POST".utf8)).result
                .get().status
        }

        func contents(_ name: String) throws -> [UInt8] {
            [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
        }

        func mode(_ name: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")[.posixPermissions] as? Int
        }
    }

    /// Requests that are written in ways a parser does not keep: spacing, case, chunks and their extensions.
    static let requests = [
        "POST /hook?a=%C3 HTTP/1.1\r\nHost:x\r\nX-oDD:   spaced \t\r\nx-odd: \u{E9}\r\nContent-Length: 4\r\n\r\n\u{0}\r\n}",
        "POST /hook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3;note=1\r\nabc\r\n0002\r\nde\r\n0\r\nT: 1\r\n\r\n",
        "PUT / HTTP/1.0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    ]

    @Test("keeps each request byte for byte in a private file, and reads it back")
    func bytes() throws {
        let listening = try Listening()
        for request in Self.requests { #expect(try listening.send(request) == 200) }
        for (number, request) in Self.requests.enumerated() {
            let name = "0000\(number + 1).http"
            #expect(try listening.contents(name) == Array(request.utf8))
            #expect(try listening.mode(name) == 0o600)
        }
        #expect(try listening.mode(RecordedTraffic.indexName) == 0o600)
        #expect(listening.recorder.tally.kept == 3)
        #expect(listening.recorder.tally.bytes == Self.requests.map(\.utf8.count).reduce(0, +))
        let traffic = try RecordedTraffic.read(folder: listening.folder)
        #expect(traffic.requests.map(\.arrival.request.body) == [Array("\u{0}\r\n}".utf8), Array("abcde".utf8), []])
        #expect(traffic.requests[0].arrival.request.target == Array("/hook?a=%C3".utf8))
        #expect(traffic.requests[0].arrival.request.headers.values(named: "x-odd").count == 2)
        #expect(
            traffic.requests.allSatisfy { $0.arrival.unixTime == 1_800_000_000 && $0.arrival.answer == .status(200) })
        #expect(traffic.leftOut == 0)
    }

    @Test("leaves out what delivers nothing")
    func leftOut() throws {
        let listening = try Listening()
        #expect(try listening.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n") == 200)
        #expect(try listening.send(Self.requests[0]) == 200)
        let traffic = try RecordedTraffic.read(folder: listening.folder)
        #expect(traffic.leftOut == 1 && traffic.requests.count == 1)
    }

    @Test("is bounded in requests and bytes, and tells of what it did not keep")
    func limits() throws {
        var limits = TrafficRecorder.Limits()
        limits.requests = 2
        let few = try Listening(limits)
        #expect(try (0..<4).map { _ in try few.send(Self.requests[2]) } == [200, 200, 429, 429])
        #expect(few.recorder.tally.kept == 2 && few.recorder.tally.beyondLimits == 2)
        limits = .init()
        limits.bytes = 100
        let small = try Listening(limits)
        #expect(try (0..<2).map { _ in try small.send(Self.requests[2]) } == [200, 429])
    }

    @Test("answers what is not HTTP with 400, and counts it")
    func malformed() throws {
        let listening = try Listening()
        #expect(try listening.send("POST / nonsense\r\n\r\n") == 400)
        #expect(listening.recorder.tally.malformed == 1 && listening.recorder.tally.kept == 0)
    }

    @Test("does not write over an earlier recording")
    func twice() throws {
        let listening = try Listening()
        #expect(throws: SystemError.self) { try TrafficRecorder(folder: listening.folder) }
    }

    @Test("ends its wait at the number of requests, and when asked to")
    func waits() throws {
        let listening = try Listening()
        let stop = StopSignal(by: Deadline(after: .milliseconds(300)))
        listening.recorder.wait(for: 1, until: stop)
        #expect(stop.isStopped)
        #expect(try listening.send(Self.requests[2]) == 200)
        let long = StopSignal(by: Deadline(after: .seconds(60)))
        listening.recorder.wait(for: 1, until: long)
        #expect(!long.isStopped)
    }

    @Test("says which file of a recording is wrong")
    func damage() throws {
        let head = #"{"format":1,"started":1}"#
        let line = #"{"file":"00001.http","seconds":0.5,"unix":1,"status":200}"#
        let request = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n1"
        for (index, body, file, reason) in [
            ("", request, "index.jsonl", "it is empty"),
            ("{}", request, "index.jsonl", "it is not the index of a recording of format 1"),
            ("\(head)\n\(line)", nil, "00001.http", "there is no such file"),
            ("\(head)\n\(line)", request + "2", "00001.http", "1 bytes follow the request"),
            ("\(head)\n\(line)", String(request.dropLast()), "00001.http", "the request is not complete"),
            (
                "\(head)\n\(line.replacing("00001.http", with: "../secret"))", request, "index.jsonl",
                "line 2 does not name 00001.http"
            ),
            (
                "\(head)\n\(line.replacing("0.5", with: "-1"))", request, "index.jsonl",
                "line 2 lacks file, seconds, unix or status"
            ),
        ] {
            let folder = try Folder.makePrivate(prefix: "countersign-recorder")
            defer { Folder.remove(folder) }
            try FileOutput.write(Array(index.utf8), to: "\(folder)/index.jsonl")
            if let body { try FileOutput.write(Array(body.utf8), to: "\(folder)/00001.http") }
            #expect(throws: RecordedTraffic.Problem(file: file, reason: reason)) {
                try RecordedTraffic.read(folder: folder)
            }
        }
    }
}

import Bytes
import Foundation
import ReportModel
import Testing

@testable import Reporting

@Suite("Recorded bytes") struct RecordedBytesTests {
    @Test(
        "The bytes of a record are those that were sent",
        arguments: [
            ("GET / HTTP/1.1\nA: b\n\n", "GET / HTTP/1.1\r\nA: b\r\n\r\n"),
            ("A: b\n\nx\ny", "A: b\r\n\r\nx\ny"), ("A: \\x00\\xff\n\n", "A: \u{0}\u{FF}\r\n\r\n"),
            ("A: \\\\x41\n\n", "A: \\x41\r\n\r\n"), ("A: \\\\\\\\\n\n{\"\\\\n\"}", "A: \\\\\r\n\r\n{\"\\n\"}"),
            ("A: \\x4\n\n\\", "A: \\x4\r\n\r\n\\"),
        ])
    func bytes(text: String, bytes: String) {
        #expect(RecordedBytes(text).bytes == bytes.unicodeScalars.map { UInt8($0.value) })
        #expect(RecordedBytes(text).rest == nil)
    }

    @Test("What was not kept is no part of the bytes")
    func cut() {
        let recorded = RecordedBytes("A: b\n\nxyz\n[512 more bytes]")
        #expect(recorded.bytes == Array("A: b\r\n\r\nxyz".utf8))
        #expect(recorded.rest == "[512 more bytes]")
    }

    @Test(
        "A difference is as small as lines and their ends allow",
        arguments: [
            ("abc", "abc", [], []), ("abc", "abd", [2..<3], [2..<3]), ("a\nb\nc\n", "a\nc\n", [2..<4], []),
            ("a\nc\n", "a\nb\nc\n", [], [2..<4]), ("x=1\ny=2\n", "x=1\ny=34\n", [6..<7], [6..<8]),
            ("", "a", [], [0..<1]), ("aa", "a", [1..<2], []),
        ] as [(String, String, [Range<Int>], [Range<Int>])])
    func difference(left: String, right: String, first: [Range<Int>], second: [Range<Int>]) {
        let difference = ByteDifference(Array(left.utf8), Array(right.utf8))
        #expect(difference.first == first)
        #expect(difference.second == second)
    }

    /// The shell that every system has, and a curl that prints its arguments.
    @Test("The curl line says the request, with variables for what a report does not hold")
    func curl() throws {
        let record = RunRecord.Record(
            request:
                "POST /hook?a=b HTTP/1.1\nHost: x\nContent-Length: 12\nX-Signature: t=1,v1=[signature]\nX-Key: [api-key]\n\n"
                + "{\"it's\": 1}\n",
            answer: "", nanoseconds: 0)
        let line = try #require(CurlLine(record, target: "http://127.0.0.1:8080/other"))
        #expect(line.variables == ["SIGNATURE", "API_KEY"])
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "curl() { printf '<%s>' \"$@\"; }; SIGNATURE=abc API_KEY=k; \(line.text)"]
        process.standardOutput = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(
            text
                == "<-sS><-i><--globoff><--path-as-is><-X><POST><http://127.0.0.1:8080/hook?a=b><-H><X-Signature: t=1,v1=abc>"
                + "<-H><X-Key: k><--data-binary><{\"it's\": 1}\n>")
    }

    @Test("There is no curl line for a part of a request, or for one that curl would change")
    func noCurl() {
        for request in [
            "POST / HTTP/1.1\n\nabc\n[9 more bytes]", "POST / HTTP/1.1\nX: \\x00\n\n",
            "POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n",
            "nonsense", "",
        ] {
            #expect(CurlLine(.init(request: request, answer: "", nanoseconds: 0), target: "http://h/") == nil)
        }
    }
}

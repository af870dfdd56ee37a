import Bytes
import ReportModel
import Testing
import Transport

@testable import Diagnosis

@Suite("Traffic in HAR files")
struct HARTrafficTests {
    @Test(
        "times are read strictly",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2027-01-15T08:00:00.250Z", 1_800_000_000.25),
            ("2027-01-15T09:00:00+01:00", 1_800_000_000), ("2027-01-15T02:30:00.000-05:30", 1_800_000_000),
            ("2027-01-15 08:00:00Z", nil), ("2027-01-15T08:00:00", nil), ("2027-02-30T08:00:00Z", nil),
            ("2027-01-15T24:00:00Z", nil), ("2027-01-15T08:00:00.Z", nil), ("2027-01-15T08:00:00Zjunk", nil), ("", nil),
        ] as [(String, Double?)])
    func times(_ text: String, _ seconds: Double?) { #expect(InternetTime.seconds(text) == seconds) }

    private static func file(_ postData: String, size: Int = -1, status: String = "200") -> String {
        """
        {"log": {"version": "1.2", "entries": [{"startedDateTime": "2027-01-15T08:00:00.5Z",
          "request": {"method": "POST", "url": "https://a.test/hook?q=1", "bodySize": \(size),
            "headers": [{"name": ":authority", "value": "a.test"}, {"name": "X-A", "value": "1"}],
            "postData": \(postData)}, "response": {"status": \(status)}}]}}
        """
    }

    private static func entry(_ text: String) throws -> HARTraffic.Entry {
        try #require(try HARTraffic(JSON.parse(Array(text.utf8))).entries.first)
    }

    @Test("requests, times and statuses")
    func entry() throws {
        let entry = try Self.entry(Self.file(#"{"text": "{}"}"#, size: 2))
        #expect(entry.started == 1_800_000_000.5 && entry.status == 200)
        #expect(entry.capture.request.target == Array("/hook?q=1".utf8))
        #expect(entry.capture.request.headers.fields.count == 1)
        #expect(entry.capture.request.body == Array("{}".utf8) && entry.capture.facts.isEmpty)
        #expect(try Self.entry(Self.file(#"{"text": "{}"}"#, status: "0")).status == nil)
    }

    @Test(
        "bodies in base64 are bytes, and lost bytes are noticed",
        arguments: [
            (#"{"text": "/wA=", "encoding": "base64"}"#, -1, [0xFF, 0x00], false),
            (#"{"text": "/wA=", "_encoding": "base64"}"#, 2, [0xFF, 0x00], false),
            (#"{"text": "not base64", "encoding": "base64"}"#, -1, [], true),
            (#"{"text": "\uFFFD"}"#, -1, [0xEF, 0xBF, 0xBD], true),
            (#"{"text": "{}"}"#, 3, [0x7B, 0x7D], true), (#"{"params": []}"#, 7, [], true),
        ] as [(String, Int, [UInt8], Bool)])
    func bodies(_ postData: String, _ size: Int, _ body: [UInt8], _ isLossy: Bool) throws {
        let capture = try Self.entry(Self.file(postData, size: size)).capture
        #expect(capture.request.body == body)
        #expect(capture.facts.contains(.lostBytes(.har)) == isLossy)
    }

    @Test(
        "what is wrong is named",
        arguments: [
            ("{}", "it has no /log/entries, so it is no HAR file"),
            (#"{"log": {"entries": [{}]}}"#, "/log/entries/0 has no request with a method"),
            (
                #"{"log": {"entries": [{"request": {"method": "POST"}}]}}"#,
                "/log/entries/0/startedDateTime is not a time such as 2026-01-31T12:00:00.000Z"
            ),
        ])
    func problems(_ text: String, _ reason: String) throws {
        let root = try JSON.parse(Array(text.utf8))
        let problem = try #require(throws: Capture.Problem.self) { try HARTraffic(root) }
        #expect(problem.reason == reason)
    }
}

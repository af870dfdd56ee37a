import Bytes
import Catalogue
import Foundation
import Harness
import Platform
import Reference
import ReportModel
import Schemes
import Subjects
import Testing
import Transport

/// Recorded traffic, judged by the cases that need no staged answer.
@Suite("Replay of recorded traffic")
struct ReplayTests {
    private static let scheme = SchemeLibrary.scheme(named: "standard-webhooks") ?? SchemeLibrary.all[0]

    private static func configuration(_ scheme: Scheme = scheme) -> RunConfiguration {
        var configuration = RunConfiguration(
            scheme: scheme, payload: scheme.sentPayload, secret: VectorContext.secret(of: scheme))
        configuration.credentials = VectorContext.credentials(of: scheme)
        configuration.scope = .all
        return configuration
    }

    private static func report(_ requests: [RecordedTraffic.Request], _ scheme: Scheme = scheme) throws -> Report {
        let configuration = configuration(scheme)
        return ReplayRunner(
            traffic: RecordedTraffic(requests), name: "traffic", configuration: configuration,
            plan: try configuration.plan(among: Catalogue.senderCases(for: scheme))
        ).run()
    }

    /// What the reference sender sends, recorded over a real socket.
    private static func recorded(_ flaws: String..., events: Int = 2) throws -> [RecordedTraffic.Request] {
        let listening = try RecorderTests.Listening()
        let start = WallClock.seconds()
        let sender = ReferenceSender(
            scheme: scheme, secret: VectorContext.secret(of: scheme),
            credentials: VectorContext.credentials(of: scheme),
            flaws: flaws.compactMap(SenderFlaws.named),
            clock: { 1_800_000_000 + WallClock.seconds() - start })
        for _ in 0..<events { sender.deliver(text: "hello", to: try TargetURL(listening.recorder.origin + "/hook")) }
        return try RecordedTraffic.read(folder: listening.folder).requests
    }

    private static func unmet(_ report: Report) -> [String] { report.cases.filter { $0.impact != nil }.map(\.id) }

    @Test("a sound sender's traffic is green, and what needs staged answers is skipped with that reason")
    func sound() throws {
        let report = try Self.report(Self.recorded())
        #expect(Self.unmet(report) == [])
        #expect(report.exit == .success)
        #expect(report.summary.discriminating > 5 && report.summary.inconclusive == 0)
        let staged = try #require(report.cases.first { $0.id == "sender/retry-on-500" })
        #expect(staged.reason == .skipped(.needsStagedAnswer))
        let offered = try #require(report.cases.first { $0.id == "sender/tls-expired" })
        #expect(offered.reason == .skipped(.needsStagedAnswer))
        let compared = try #require(report.cases.first { $0.id == "sender/retry-same-body" })
        #expect(compared.reason == .skipped(.notRecorded(.attempts)))
        let text = try #require(report.cases.first { $0.id == "sender/signed-odd-text" })
        #expect(text.reason == .skipped(.notGiven(.eventText)))
        #expect(report.run.remarks == [.recorded(requests: 2, leftOut: 0, bytesLost: 0)])
    }

    @Test(
        "flaws that need no staging are found",
        arguments: [
            ("signs-other-bytes", "sender/signed"), ("signs-with-other-key", "sender/signed"),
            ("signature-repeated", "sender/signature-once"), ("timestamp-in-milliseconds", "sender/timestamp-unit"),
            ("clock-slow", "sender/clock"), ("one-id-for-all", "sender/ids-differ"), ("sends-put", "sender/method"),
            ("cookie-forwarded", "sender/no-platform-credentials"), ("secret-in-header", "sender/secret-not-sent"),
        ])
    func flaws(_ flaw: String, _ id: String) throws {
        // Two events must differ in more than their ids for these to be two.
        var requests = try Self.recorded(flaw)
        if flaw == "one-id-for-all" {
            var second = requests[1].arrival.request
            second.body += [0x20]
            requests[1] = .init(
                arrival: Arrival(
                    time: requests[1].arrival.time, unixTime: requests[1].arrival.unixTime, request: second,
                    answer: .status(200)))
        }
        let report = try Self.report(requests)
        #expect(Self.unmet(report).contains(id), "\(Self.unmet(report))")
    }

    @Test("says which request of several is at fault")
    func place() throws {
        var requests = try Self.recorded(events: 3)
        var changed = requests[1].arrival.request
        changed.headers.remove("webhook-signature")
        requests[1] = .init(
            arrival: Arrival(
                time: requests[1].arrival.time, unixTime: 1_800_000_000, request: changed, answer: .status(200)))
        let report = try Self.report(requests)
        let signed = try #require(report.cases.first { $0.id == "sender/signed" })
        #expect(
            signed.reason == .finding("request 2 of 3: the delivery has no webhook-signature header"),
            "\(String(describing: signed.reason))")
    }

    /// Attempts at one delivery, copied from one request that was recorded.
    private static func attempts(
        _ times: [Double], _ answers: [Int], _ change: (inout HTTPRequest, Int) -> Void = { _, _ in }
    ) throws -> [RecordedTraffic.Request] {
        let first = try recorded(events: 1)[0].arrival
        return zip(times, answers).enumerated().map { place, pair in
            var request = first.request
            change(&request, place)
            return .init(
                arrival: Arrival(
                    time: pair.0, unixTime: first.unixTime + Int64(pair.0), request: request, answer: .status(pair.1)))
        }
    }

    @Test("compares the attempts at one delivery after failures, and the waits between them")
    func retries() throws {
        let grows = try Self.report(Self.attempts([0, 5, 305], [500, 500, 200]))
        for id in ["sender/retry-same-id", "sender/retry-same-body", "sender/backoff-grows"] {
            #expect(grows.cases.first { $0.id == id }?.outcome == .pass, "\(id)")
        }
        let stale = try #require(grows.cases.first { $0.id == "sender/retry-fresh-timestamp" })
        #expect(stale.reason == .finding("attempt 2 came 5.0 s after the first, with the same timestamp"))
        let level = try Self.report(Self.attempts([0, 5, 10], [500, 500, 200]))
        #expect(Self.unmet(level).contains("sender/backoff-grows"))
        let newID = try Self.report(
            Self.attempts([0, 5], [500, 200]) { $0.headers.set("webhook-id", Array("msg_\($1)".utf8)) })
        #expect(Self.unmet(newID).contains("sender/retry-same-id"))
        let newBody = try Self.report(Self.attempts([0, 5], [500, 200]) { $0.body += [0x20 + UInt8($1)] })
        #expect(Self.unmet(newBody).contains("sender/retry-same-body"))
    }

    @Test("blames nothing on a sender for bytes that the recording lost")
    func lostBytes() throws {
        var requests = try Self.recorded(events: 1)
        var cut = requests[0].arrival.request
        cut.body.removeLast()
        requests[0] = .init(
            arrival: Arrival(time: 0, unixTime: 1_800_000_000, request: cut, answer: .status(200)), hasLostBytes: true)
        let report = try Self.report(requests)
        #expect(Self.unmet(report) == [])
        #expect(report.cases.first { $0.id == "sender/signed" }?.reason == .inconclusive(.bytesLost))
        #expect(report.exit == .inconclusive)
        #expect(report.run.remarks == [.recorded(requests: 1, leftOut: 0, bytesLost: 1)])
    }

    @Test("judges nothing where nothing was recorded")
    func nothing() throws {
        let report = try Self.report([])
        #expect(report.exit == .inconclusive)
        #expect(report.cases.allSatisfy { $0.outcome == .inconclusive })
    }

    @Test("shows no signature that could be sent again")
    func evidence() throws {
        let requests = try Self.recorded("sends-put", events: 1)
        let report = try Self.report(requests)
        let signature = try #require(requests[0].arrival.request.headers.first(named: "webhook-signature"))
        let text = report.record.evidence.values.compactMap(\.probe?.request).joined()
        #expect(text.contains("PUT /hook HTTP/1.1"))
        #expect(!text.contains(String(decoding: signature.dropFirst(3), as: UTF8.self)))
    }
}

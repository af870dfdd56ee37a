import Catalogue
import Foundation
import Harness
import ReportModel
import Schemes
import Testing

@testable import Reporting

/// A report made by hand, with one case of each outcome.
enum Fixture {
    static let freshness = Clause(
        id: "freshness", text: "A request older or newer than five minutes is refused.", level: .must,
        place: "Verifying inbound requests, step 3", topics: [.freshness, .future])
    static let rejection = Clause(
        id: "rejection", text: "A signature that does not hold is answered 401.", level: .should, place: "Errors",
        topics: [.rejection])

    static func result(
        _ id: String, _ outcome: Outcome, level: Level = .must, severity: Severity = .high, impact: Impact? = nil,
        reason: String? = nil, observed: CaseResult.Observed? = .rejected, control: CaseResult.Observed? = .accepted,
        clauses: [Clause] = [freshness], changes: [String] = ["timestamp", "signed message", "signature header"],
        title: String = "A correctly signed request stamped a year ahead is refused.",
        why: String = "A captured request would stay good for a year.",
        fix: String = "Refuse when the distance from now, either way, exceeds the tolerance."
    ) -> CaseResult {
        CaseResult(
            id: id, family: String(id.prefix { $0 != "/" }), title: title, level: level, severity: severity,
            cwe: [294], clauses: clauses, covers: ["E07"], outcome: outcome, impact: impact, reason: reason,
            expected: CaseResult.Expected(observation: "rejected", statuses: [401]), observed: observed,
            control: control, why: why, fix: fix, changes: changes)
    }

    static let cases = [
        result("control/plain", .pass, observed: .accepted, changes: []),
        result("presence/no-signature", .pass), result("presence/empty-signature", .pass),
        result(
            "signature/truncated", .fail, severity: .critical, impact: .forgery, observed: .accepted,
            clauses: [rejection], changes: ["signature header"],
            title: "A signature cut to its first eight digits is refused.",
            why: "Eight digits are guessed in hours.",
            fix: "Compare the lengths first, then all bytes in constant time."),
        result("timestamp/future-one-year", .fail, impact: .forgery, observed: .accepted),
        result(
            "contract/bad-signature-status", .warn, level: .should, severity: .low, impact: .contract,
            observed: CaseResult.Observed(observation: .rejected, status: 400), clauses: [rejection],
            title: "A signature that does not hold is answered with the documented status.",
            fix: "Answer 401 before the body is parsed."),
        result(
            "header/name-twice", .note, level: .may, severity: .info, impact: .crash,
            observed: CaseResult.Observed(
                observation: .crashed, failure: "the connection was reset without an answer")),
        result("replay/same-id-twice", .waived, reason: "waived until 2027-01-31 (INT-41, @bridges-team)"),
        result(
            "body/pretty-printed", .inconclusive, reason: "its control was not accepted: status 503", observed: nil,
            control: CaseResult.Observed(observation: .crashed, status: 503)),
        result(
            "transport/chunked", .skipped,
            reason: "a chunked body does not reach the endpoint: a valid request with it was refused (status 411)",
            observed: nil),
    ]

    static let signature = String(repeating: "0123456789abcdef", count: 4)

    static let timing = RunTiming(
        started: 1_700_000_000, nanoseconds: 214_000_000, exchanges: 35, nonce: "7f3a",
        evidence: [
            "timestamp/future-one-year": RunTiming.Evidence(
                control: nil,
                probe: RunTiming.Record(
                    request: """
                        POST /v1/bridges/b1/inbound HTTP/1.1
                        Host: 127.0.0.1:8080
                        Content-Type: application/json
                        Content-Length: 31
                        X-ScaiWave-Bridge-Signature: t=1731536000,v1=\(signature)

                        {"event_id":"evt_7f3a_000012"}
                        """,
                    answer: "HTTP/1.1 200 OK\nContent-Length: 12\n\n{\"ok\": true}", nanoseconds: 412_000),
                message: "1731536000.{\"event_id\":\"evt_7f3a_000012\"}"),
            "signature/truncated": RunTiming.Evidence(
                control: nil,
                probe: RunTiming.Record(
                    request: "POST / HTTP/1.1\nHost: 127.0.0.1:8080\nX-Signature: t=1,v1=01234567\n\n{}",
                    answer: "HTTP/1.1 200 OK\n\n", nanoseconds: 398_000),
                message: "1.{}"),
        ])

    static let run = Report.RunDescription(
        id: "1a2b3c4d5e6f", scheme: "scaiwave", payload: "inbound",
        target: "http://127.0.0.1:8080/v1/bridges/b1/inbound", level: "all", enforce: "must", profile: .standard,
        seed: 18_446_744_073_709_551_615, vectors: "sha256:9f2c81d0a1b2c3d4", remarks: ["TLS is not verified"])

    static let report = Report(
        complete: true, exit: 3, run: run,
        measurements: Measurements(
            clock: Measurements.ClockOffset(seconds: -12.25, uncertainty: 0.5),
            window: Measurements.Window(past: 300, future: nil),
            transport: [
                .duplicateHeaders: .delivered, .oddCase: .delivered, .nonASCIIBytes: .delivered,
                .chunkedBody: .refused("status 411"),
            ]),
        cause: nil, cases: cases, timing: timing)

    /// A target that refuses everything: nothing was judged.
    static let refusing: Report = {
        let cause =
            "the target refuses a valid request (status 401): check the secret, the scheme, the path and the payload"
        let cases = (1...300).map {
            result("body/variant-\($0)", .inconclusive, reason: "not sent: \(cause)", observed: nil, control: nil)
        }
        let record = RunTiming.Record(
            request: "POST /hook HTTP/1.1\nHost: 127.0.0.1\nX-Signature: t=1,v1=00\n\n{\"event_id\":\"evt_1\"}",
            answer: "HTTP/1.1 401 Unauthorized\n\n{\"error\": \"invalid signature\"}", nanoseconds: 1)
        return Report(
            complete: true, exit: 3, run: run, measurements: Measurements(), cause: cause, cases: cases,
            timing: RunTiming(
                evidence: ["preflight": RunTiming.Evidence(control: record, probe: nil, message: "1.{}")]))
    }()

    /// A sound target.
    static let sound: Report = {
        var report = Fixture.report
        report.exit = 0
        report.cases = cases.filter { $0.outcome == .pass }
        report.summary = Report.Summary(report.cases)
        report.run.remarks = []
        report.measurements = Measurements(
            clock: Measurements.ClockOffset(seconds: 0.25, uncertainty: 0.5),
            window: Measurements.Window(past: 300, future: 300), transport: [.chunkedBody: .delivered])
        report.timing.evidence = [:]
        return report
    }()
}

extension CaseResult.Observed {
    static let accepted = Self(observation: .accepted, status: 200)
    static let rejected = Self(observation: .rejected, status: 401)
}

/// Compares a text with a file of `Snapshots`. With `COUNTERSIGN_SNAPSHOTS=write` in the environment the file is
/// written anew, to be read before it is committed; the test fails all the same.
func expectSnapshot(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots/\(name)")
    if ProcessInfo.processInfo.environment["COUNTERSIGN_SNAPSHOTS"] == "write" {
        try Data(text.utf8).write(to: file)
        Issue.record("\(name) was written anew", sourceLocation: sourceLocation)
        return
    }
    #expect(try text == String(decoding: Data(contentsOf: file), as: UTF8.self), sourceLocation: sourceLocation)
}

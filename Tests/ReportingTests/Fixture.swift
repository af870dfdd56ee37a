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
        reason: Reason? = nil, observed: CaseResult.Observed? = .rejected, control: CaseResult.Observed? = .accepted,
        clauses: [Clause] = [freshness], changes: Change = .signedTimestamp,
        title: String = "A correctly signed request stamped a year ahead is refused.",
        why: String = "A captured request would stay good for a year.",
        fix: String = "Refuse when the distance from now, either way, exceeds the tolerance."
    ) -> CaseResult {
        CaseResult(
            info: CaseInfo(
                id: id, title: title, level: level, topic: .future, severity: severity, cwe: [294], covers: ["E07"],
                why: why, fix: fix),
            clauses: clauses, changes: changes, expected: CaseResult.Expected(decision: .rejected, statuses: [401]),
            outcome: outcome, impact: impact, reason: reason, observed: observed, control: control)
    }

    private static let waived: CaseResult = {
        var waived = result("replay/same-id-twice", .waived, impact: .forgery, observed: .accepted)
        waived.excuse = .waiver(
            Waiver(
                caseID: waived.id, outcome: PinnedOutcome(impact: .forgery, observation: .accepted, status: 200),
                reason: "deduplication is in review", owner: "@bridges-team", issue: "INT-41",
                expires: CalendarDay(unixTime: 1_801_400_000)))
        return waived
    }()

    static let cases = [
        result("control/plain", .pass, observed: .accepted, changes: .nothing),
        result("presence/no-signature", .pass), result("presence/empty-signature", .pass),
        result(
            "signature/truncated", .fail, severity: .critical, impact: .forgery, observed: .accepted,
            clauses: [rejection], changes: .signature,
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
        waived,
        result(
            "body/pretty-printed", .inconclusive, reason: .inconclusive(.controlNotAccepted(.unavailable)),
            observed: nil, control: .unavailable),
        result(
            "transport/chunked", .skipped,
            reason: .skipped(.notDelivered(.chunkedBody, .lengthRequired)),
            observed: nil),
    ]

    /// The version, and the option that would change one reason.
    static let context = ReportContext(version: "1.2.3") { reason in
        reason == .notGiven(.effects) ? "--observe" : nil
    }

    static let signature = String(repeating: "0123456789abcdef", count: 4)

    static let record = RunRecord(
        started: 1_700_000_000, nanoseconds: 214_000_000, exchanges: 35, nonce: "7f3a",
        evidence: [
            "timestamp/future-one-year": RunRecord.Evidence(
                control: nil,
                probe: RunRecord.Record(
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
            "signature/truncated": RunRecord.Evidence(
                control: nil,
                probe: RunRecord.Record(
                    request: "POST / HTTP/1.1\nHost: 127.0.0.1:8080\nX-Signature: t=1,v1=01234567\n\n{}",
                    answer: "HTTP/1.1 200 OK\n\n", nanoseconds: 398_000),
                message: "1.{}"),
        ])

    static let run = Report.RunDescription(
        id: "1a2b3c4d5e6f", scheme: "scaiwave", payload: "inbound",
        target: "http://127.0.0.1:8080/v1/bridges/b1/inbound", level: .all, enforce: .must, profile: .standard,
        seed: 18_446_744_073_709_551_615, vectors: "sha256:9f2c81d0a1b2c3d4", remarks: [.certificateNotVerified])

    static let report = Report(
        complete: true, exit: .inconclusive, run: run,
        measurements: Measurements(
            clock: Measurements.ClockOffset(seconds: -12.25, uncertainty: 0.5),
            window: Measurements.Window(past: 300, future: nil),
            transport: [
                .duplicateHeaders: .delivered, .oddCase: .delivered, .nonASCIIBytes: .delivered,
                .chunkedBody: .refused(.lengthRequired),
            ]),
        cause: nil, cases: cases, record: record)

    /// A target that refuses everything: nothing was judged.
    static let refusing: Report = {
        let cause = Cause.validRequest(.rejected)
        let cases = (1...300).map {
            result(
                "body/variant-\($0)", .inconclusive, reason: .inconclusive(.notBegun(cause)), observed: nil,
                control: nil)
        }
        let record = RunRecord.Record(
            request: "POST /hook HTTP/1.1\nHost: 127.0.0.1\nX-Signature: t=1,v1=00\n\n{\"event_id\":\"evt_1\"}",
            answer: "HTTP/1.1 401 Unauthorized\n\n{\"error\": \"invalid signature\"}", nanoseconds: 1)
        return Report(
            complete: true, exit: .inconclusive, run: run, measurements: Measurements(), cause: cause, cases: cases,
            record: RunRecord(
                evidence: ["preflight": RunRecord.Evidence(control: record, probe: nil, message: "1.{}")]))
    }()

    /// A sound target.
    static let sound: Report = {
        var report = Fixture.report
        report.exit = .success
        report.cases = cases.filter { $0.outcome == .pass }
        report.summary = Report.Summary(report.cases)
        report.run.remarks = []
        report.measurements = Measurements(
            clock: Measurements.ClockOffset(seconds: 0.25, uncertainty: 0.5),
            window: Measurements.Window(past: 300, future: 300), transport: [.chunkedBody: .delivered])
        report.record.evidence = [:]
        return report
    }()
}

extension CaseResult.Observed {
    static let accepted = Self(observation: .accepted, status: 200)
    static let rejected = Self(observation: .rejected, status: 401)
    static let unavailable = Self(observation: .crashed, status: 503)
    static let lengthRequired = Self(observation: .rejected, status: 411)
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

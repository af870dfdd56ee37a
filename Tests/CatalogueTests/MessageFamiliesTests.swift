import Catalogue
import Foundation
import ReportModel
import Schemes
import Testing
import Transport

/// The families about the message: its body, its timestamp, the answer, the HTTP around it, handshakes.
private let messageFamilies = ["control", "body", "timestamp", "contract", "transport", "handshake"]

extension Application {
    fileprivate static let ofMessage = all.filter { messageFamilies.contains($0.testCase.family) }

    fileprivate static func ofMessage(in scheme: String) -> [Application] {
        of(scheme).filter { messageFamilies.contains($0.testCase.family) }
    }

    fileprivate func verdict(freshness: Bool = true) -> Verdict {
        let context = VectorContext.context(of: scheme)
        let verifier = Verifier(
            scheme: scheme, secrets: [context.secret], credentials: context.credentials,
            freshness: freshness ? scheme.freshness : nil)
        return verifier.verify(probe.probeRequest(context).request, now: context.now)
    }
}

@Suite("The families about the message")
struct MessageFamiliesTests {
    /// Why the decision about a probe is not the verifier's; `nil` when it is.
    static func judgedElsewhere(_ probe: Probe) -> String? {
        if probe.expectation.decision == .either { return "both decisions are right" }
        if probe.expectation.status == .invalidBody { return "the signature holds; the handler refuses the body" }
        return nil
    }

    @Test("expect the decision of the strict verifier", arguments: SchemeLibrary.names)
    func agreement(scheme: String) {
        for application in Application.ofMessage(in: scheme) where Self.judgedElsewhere(application.probe) == nil {
            let isExpected = application.probe.expectation.decision == .accepted
            let verdict = application.verdict()
            #expect(verdict.isAccepted == isExpected, "\(application.id): \(verdict)")
        }
    }

    @Test("correctly sign bodies that are rejected for their content", arguments: SchemeLibrary.names)
    func unusableBodies(scheme: String) {
        for application in Application.ofMessage(in: scheme)
        where application.probe.expectation.status == .invalidBody {
            #expect(application.verdict().isAccepted, "\(application.id)")
        }
    }

    /// The reason is the timestamp and nothing else: without a window, each of these requests verifies.
    @Test("make stale and misdated requests otherwise valid", arguments: SchemeLibrary.names)
    func onlyTheTimestampIsWrong(scheme: String) {
        let topics: [Topic] = [.freshness, .future, .timestamp]
        for application in Application.of(scheme) {
            // What moves between timestamp and body breaks the MAC wherever there is a separator (E15).
            guard application.testCase.family == "timestamp", topics.contains(application.testCase.topic),
                !application.testCase.covers.contains("E15")
            else { continue }
            #expect(application.verdict(freshness: false).isAccepted, "\(application.id)")
        }
    }

    /// What Python gives for the clock of the vectors: `email.utils.formatdate`, `hex`, and whole numbers of any size.
    @Test(
        "write odd timestamps as Python does",
        arguments: [
            ("timestamp/http-date", "Tue, 14 Nov 2023 22:13:20 GMT"),
            ("timestamp/iso-8601-offset", "2023-11-14T22:13:20+00:00"),
            ("timestamp/iso-8601-basic", "20231114T221320Z"), ("timestamp/with-hexadecimal", "0x6553f100"),
            ("timestamp/wrapped-at-32-bits", "5994967296"), ("timestamp/wrapped-at-64-bits", "18446744075409551616"),
            ("timestamp/in-minutes", "28333333"), ("timestamp/with-arabic-digits", "١٧٠٠٠٠٠٠٠٠"),
            ("timestamp/with-full-width-digits", "１７００００００００"),
        ])
    func oddTimestamps(id: String, text: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: "slack"))
        let probe = try #require(Catalogue.named(id)?.probe)
        #expect(probe.probeRequest(VectorContext.context(of: scheme)).timestamp == Array(text.utf8))
    }

    /// Where nothing stands between timestamp and body, the moves leave the MAC as it is (E15).
    @Test(
        "move bytes without changing the signed ones",
        arguments: [
            ("bridge-events", "timestamp/digit-moved-into-timestamp"),
            ("bridge-events", "timestamp/digits-moved-into-body"),
            ("bridge-events", "timestamp/last-digit-moved-into-body"),
            ("bridge-events", "timestamp/brace-moved-into-timestamp"),
        ]
            + SchemeLibrary.all.filter { $0.timestamp != nil && !$0.signature.message.isAmbiguous }.map {
                ($0.id, "timestamp/separator-moved-into-timestamp")
            }
    )
    func shifts(scheme: String, id: String) throws {
        let application = try #require(Application.all.first { $0.scheme.id == scheme && $0.testCase.id == id })
        #expect(application.verdict(freshness: false).isAccepted)
        #expect(!application.verdict().isAccepted)
    }

    @Test(
        "give each serialiser a message of its own, so that a finding names it",
        arguments: SchemeLibrary.all.filter { $0.signature.message.contains(.body) }.map(\.id))
    func serialisersDiffer(scheme: String) {
        let probes = Application.all.filter { application in
            application.scheme.id == scheme
                && Serialiser.all.contains { "body/signature-of-\($0.id)-text" == application.testCase.id }
        }
        let messages = probes.map { $0.probe.probeRequest(VectorContext.context(of: $0.scheme)).message }
        #expect(messages.count == Serialiser.all.count)
        #expect(Set(messages).count == messages.count)
    }

    @Test("declare no change that no scheme shows")
    func noIdleChanges() {
        for (id, changes) in Application.idleChanges(of: Application.ofMessage) {
            #expect(changes.isEmpty, "\(id): idle: \(changes.words)")
        }
    }

    @Test("send no probe twice", arguments: SchemeLibrary.all.map(\.id))
    func noRepetition(scheme: String) {
        let applications = Application.ofMessage.filter { $0.scheme.id == scheme && !$0.probe.changes.isEmpty }
        // The same request may be judged by its decision, its status and its text; not twice by the same.
        let questions = Dictionary(grouping: applications) { application -> [AnyHashable] in
            [
                application.probe.probeRequest(VectorContext.context(of: application.scheme)),
                application.probe.expectation,
            ]
        }
        for same in questions.values where same.count > 1 {
            Issue.record("the same question: \(same.map(\.testCase.id))")
        }
    }

    /// Entries of the flaw catalogue that no single request shows.
    static let without: [String: String] = [
        "E16": "a setting; its effect is E01's",
        "J04": "needs the address of a bridge that does not exist",
        "J05": "needs a bridge that is paused or disabled",
        "J07": "needs a look at what the endpoint wrote",
        "L04": "needs a scheme with a token in its handshake",
        "K03": "needs a body that is sent slowly",
        "K09": "needs thirty requests, and one after them",
    ]

    @Test(
        "cover every entry of D, E, J, K and L that one request can show",
        arguments: [("D", 21), ("E", 16), ("J", 10), ("K", 10), ("L", 6)])
    func coverage(letter: String, count: Int) {
        let covered = Set(Application.ofMessage.flatMap(\.testCase.covers))
        for number in 1...count {
            let entry = letter + (number < 10 ? "0\(number)" : "\(number)")
            #expect(covered.contains(entry) || Self.without[entry] != nil, "\(entry)")
        }
    }

    /// gzip itself is the judge of what the recipes wrap.
    @Test(
        "wrap bodies in gzip that gzip reads",
        arguments: [
            ("body/gzip-signed-plain-decided", "body"), ("transport/unsigned-gzip-bomb", "zeros"),
        ])
    func gzip(id: String, content: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: "scaiwave"))
        let probe = try #require(Catalogue.named(id)?.probe)
        let context = VectorContext.context(of: scheme)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).gz")
        try Data(probe.probeRequest(context).request.body).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let gzip = Process()
        gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-dc", file.path]
        let output = Pipe()
        gzip.standardOutput = output
        try gzip.run()
        let plain = try output.fileHandleForReading.readToEnd() ?? Data()
        gzip.waitUntilExit()
        #expect(gzip.terminationStatus == 0)
        switch content {
        case "zeros": #expect(plain == Data(count: 1 + 258 * 16_256))
        default: #expect(plain == Data(probe.controlRequest(context).request.body))
        }
    }
}

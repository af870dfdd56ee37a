import Catalogue
import ReportModel
import Schemes
import Testing

/// What the cases of family rotation make of what was seen. The expected judgements follow from ScaiWave's grace of
/// 300 s, the clocks' doubt of 1.5 s, and the rule that nothing passes unless its edge was looked at.
@Suite("Rotation, judged by observations")
struct RotationJudgementTests {
    enum Judgement: Sendable, Equatable {
        case passes
        case finds(Impact)
        /// It can't be told, and why.
        case cannotTell(Obstacle)

        static func cannotTell(_ words: String) -> Judgement { .cannotTell(Obstacle(words)) }
    }

    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let id: String
        let record: RotationRecord
        let judgement: Judgement

        init(_ id: String, _ what: String, _ judgement: Judgement, _ edit: (inout RotationRecord) -> Void) {
            testDescription = "\(id): \(what)"
            self.id = id
            self.judgement = judgement
            var record = RotationRecord.sound
            edit(&record)
            self.record = record
        }
    }

    static let examples = atOnce + graceShort + afterGrace + twice + paused

    private static let atOnce = [
        Example("rotation/new-at-once", "accepted on every connection", .passes) { _ in },
        Example("rotation/new-at-once", "refused on the first connection", .finds(.refusal)) {
            $0.atOnce[0] = .refused
        },
        Example("rotation/new-at-once", "refused on the last connection", .finds(.refusal)) {
            $0.atOnce[$0.atOnce.count - 1] = .refused
        },
        Example("rotation/new-at-once", "crashed once", .finds(.refusal)) { $0.atOnce[3] = .crashed },
        Example("rotation/new-at-once", "never tried", .cannotTell("the new secret was not tried")) {
            $0.atOnce = []
        },
        Example("rotation/old-within-grace", "accepted at once", .passes) { _ in },
        Example("rotation/old-within-grace", "refused at once", .finds(.refusal)) { $0.oldAtOnce = .refused },
        Example("rotation/old-within-grace", "no answer at once", .finds(.refusal)) { $0.oldAtOnce = .silent },
        Example("rotation/old-within-grace", "never tried", .cannotTell("the old secret was not tried")) {
            $0.oldAtOnce = nil
        },
        Example("rotation/both-signatures", "accepted in both orders", .passes) { _ in },
        Example("rotation/both-signatures", "refused when the old one is first", .finds(.refusal)) {
            $0.bothSignatures = [.refused, .accepted]
        },
        Example("rotation/both-signatures", "refused when the new one is first", .finds(.refusal)) {
            $0.bothSignatures = [.accepted, .refused]
        },
        Example("rotation/both-signatures", "never tried", .cannotTell("no request with both signatures was sent")) {
            $0.bothSignatures = []
        },
    ]

    private static let graceShort = [
        Example("rotation/grace-short", "good for exactly 300 s", .passes) { _ in },
        Example("rotation/grace-short", "refused a second too early, which clocks can't tell", .passes) {
            $0.previous = .asked(goodUntil: 299)
        },
        Example("rotation/grace-short", "refused three seconds too early", .finds(.refusal)) {
            $0.previous = .asked(goodUntil: 297)
        },
        Example("rotation/grace-short", "refused at half of it", .finds(.refusal)) {
            $0.previous = .asked(goodUntil: 150)
        },
        Example("rotation/grace-short", "refused once, and accepted again", .finds(.refusal)) {
            $0.previous[100] = RotationRecord.Sample(age: 100...100.2, .refused)
        },
        Example("rotation/grace-short", "crashed once", .finds(.refusal)) {
            $0.previous[100] = RotationRecord.Sample(age: 100...100.2, .crashed)
        },
        Example("rotation/grace-short", "refused at once, which another case judges", .passes) {
            $0.previous = .asked(goodUntil: -1)
        },
        Example("rotation/grace-short", "good for longer, which another case judges", .passes) {
            $0.previous = .asked(goodUntil: 1000)
        },
        Example(
            "rotation/grace-short", "refused by an answer that took until the end", .passes
        ) {
            $0.previous = .asked(goodUntil: 290).filter { $0.age.upperBound < 289 }
            $0.previous.append(RotationRecord.Sample(age: 290.5...299.5, .refused))
        },
        Example(
            "rotation/grace-short", "nobody asked for its last minute",
            .cannotTell("the old secret was not tried towards the end of the grace")
        ) { $0.previous.removeAll { (240..<301).contains($0.age.lowerBound) } },
        Example(
            "rotation/grace-short", "nobody asked after the first second",
            .cannotTell("the old secret was not tried towards the end of the grace")
        ) { $0.previous = [RotationRecord.Sample(age: 0...0.2, .accepted)] },
        Example(
            "rotation/grace-short", "nobody asked within it",
            .cannotTell("the old secret was not tried within the grace")
        ) { $0.previous.removeAll { $0.age.upperBound < 300 } },
        Example(
            "rotation/grace-short", "never tried", .cannotTell("the old secret was not tried within the grace")
        ) { $0.previous = [] },
    ]

    private static let afterGrace = [
        Example("rotation/old-after-grace", "refused after exactly 300 s", .passes) { _ in },
        Example("rotation/old-after-grace", "accepted a second longer, which clocks can't tell", .passes) {
            $0.previous = .asked(goodUntil: 301)
        },
        Example("rotation/old-after-grace", "accepted three seconds longer", .finds(.forgery)) {
            $0.previous = .asked(goodUntil: 303)
        },
        Example("rotation/old-after-grace", "accepted for ever", .finds(.forgery)) {
            $0.previous = .asked(goodUntil: 1000)
        },
        Example("rotation/old-after-grace", "accepted once more at the very end", .finds(.forgery)) {
            $0.previous.append(RotationRecord.Sample(age: 331...331.2, .accepted))
        },
        Example("rotation/old-after-grace", "an answer that took from before the end", .passes) {
            $0.previous.append(RotationRecord.Sample(age: 299...320, .accepted))
        },
        Example("rotation/old-after-grace", "crashed after it", .finds(.crash)) {
            $0.previous = .asked(goodUntil: 300, afterwards: .crashed)
        },
        Example("rotation/old-after-grace", "no answer after it", .finds(.crash)) {
            $0.previous = .asked(goodUntil: 300, afterwards: .silent)
        },
        Example("rotation/old-after-grace", "answered with a status that says nothing", .finds(.contract)) {
            $0.previous = .asked(goodUntil: 300, afterwards: .odd)
        },
        Example(
            "rotation/old-after-grace", "nobody asked for the half minute after it",
            .cannotTell("nothing was sent soon after the grace")
        ) {
            $0.previous.removeAll { $0.age.lowerBound > 300 }
            $0.previous.append(RotationRecord.Sample(age: 331...331.2, .refused))
        },
        Example(
            "rotation/old-after-grace", "nobody asked after it", .cannotTell("nothing was sent soon after the grace")
        ) { $0.previous.removeAll { $0.age.lowerBound > 300 } },
        Example("rotation/old-after-grace", "never tried", .cannotTell("nothing was sent soon after the grace")) {
            $0.previous = []
        },
    ]

    private static let twice = [
        Example("rotation/second-keeps-previous", "the one in between is still good", .passes) { _ in },
        Example("rotation/second-keeps-previous", "the one in between is refused", .finds(.refusal)) {
            $0.previous = .asked(goodUntil: -1)
        },
        Example(
            "rotation/second-keeps-previous", "asked for too late",
            .cannotTell("the intermediate secret was not tried in time")
        ) { $0.previous.removeAll { $0.age.lowerBound < 299 } },
        Example(
            "rotation/second-keeps-previous", "never tried",
            .cannotTell("the intermediate secret was not tried in time")
        ) { $0.previous = [] },
        Example("rotation/second-drops-oldest", "refused after the second replacement", .passes) {
            $0.oldest = .asked(from: 10, goodUntil: -1)
        },
        Example("rotation/second-drops-oldest", "accepted after the second replacement", .finds(.forgery)) { _ in },
        Example("rotation/second-drops-oldest", "crashed after the second replacement", .finds(.crash)) {
            $0.oldest = .asked(from: 10, goodUntil: -1, afterwards: .crashed)
        },
        Example(
            "rotation/second-drops-oldest", "replaced once only", .cannotTell("the first secret was not tried")
        ) { $0.oldest = [] },
        Example("rotation/second-restarts-grace", "refused when its own grace was over", .passes) { _ in },
        Example("rotation/second-restarts-grace", "accepted a second longer, which clocks can't tell", .passes) {
            $0.oldest = .asked(from: 10, goodUntil: 301)
        },
        Example("rotation/second-restarts-grace", "good for the ten seconds between", .finds(.forgery)) {
            $0.oldest = .asked(from: 10, goodUntil: 310)
        },
        Example("rotation/second-restarts-grace", "crashed when its own grace was over", .finds(.crash)) {
            $0.oldest = .asked(from: 10, goodUntil: 300, afterwards: .crashed)
        },
        Example(
            "rotation/second-restarts-grace", "nobody asked after it",
            .cannotTell("nothing was sent soon after the grace")
        ) { $0.oldest.removeAll { $0.age.lowerBound > 300 } },
        Example(
            "rotation/second-restarts-grace", "replaced once only",
            .cannotTell("nothing was sent soon after the grace")
        ) { $0.oldest = [] },
    ]

    private static let paused = [
        Example("rotation/pause-keeps-grace", "refused after 300 s of the clock on the wall", .passes) { _ in },
        Example("rotation/pause-keeps-grace", "good for the pause of 30 s longer", .finds(.forgery)) {
            $0.previous = .asked(goodUntil: 330)
        },
        Example("rotation/pause-keeps-grace", "crashed after it", .finds(.crash)) {
            $0.previous = .asked(goodUntil: 300, afterwards: .crashed)
        },
        Example(
            "rotation/pause-keeps-grace", "nobody asked after it",
            .cannotTell("nothing was sent soon after the grace")
        ) { $0.previous.removeAll { $0.age.lowerBound > 300 } },
    ]

    @Test("judges", arguments: examples)
    func judges(example: Example) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: "scaiwave"))
        let session = RecordedSession(scheme, example.record)
        #expect(try Self.judgement(of: example.id, on: session) == example.judgement)
    }

    @Test("judges every case of the family both ways")
    func isWhole() {
        let family = Set(Catalogue.all.filter { $0.family == "rotation" }.map(\.id))
        for id in family {
            let judgements = Self.examples.filter { $0.id == id }.map(\.judgement)
            #expect(judgements.contains(.passes), "\(id)")
            #expect(judgements.contains { if case .finds = $0 { true } else { false } }, "\(id)")
            #expect(judgements.contains { if case .cannotTell = $0 { true } else { false } }, "\(id)")
        }
        #expect(Set(Self.examples.map(\.id)) == family)
    }

    @Test("waits for the end of the grace period exactly where the plan says so")
    func waitsAsPlanned() throws {
        let scheme = try #require(SchemeLibrary.scheme(named: "scaiwave"))
        for testCase in Catalogue.all where testCase.family == "rotation" {
            let session = RecordedSession(scheme, .sound)
            _ = try Self.judgement(of: testCase.id, on: session)
            #expect(session.asked == [testCase.waits(in: scheme) > 0], "\(testCase.id)")
            #expect([0, 300].contains(testCase.waits(in: scheme)))
        }
    }

    @Test("pauses a bridge that it created within the grace period, and deletes it")
    func pausesItsOwn() throws {
        let scheme = try #require(SchemeLibrary.scheme(named: "scaiwave"))
        let session = RecordedSession(scheme, .sound)
        _ = try Self.judgement(of: "rotation/pause-keeps-grace", on: session)
        #expect(
            session.calls == [
                "POST ", "at the end: DELETE /br_made", "POST /br_made/rotate-secret", "new: s3",
                "POST /br_made/pause", "wait 30", "POST /br_made/resume",
            ])
    }

    @Test("measures the grace period between the last acceptance and the first rejection")
    func measures() {
        var record = RotationRecord()
        #expect(record.grace == nil)
        record.previous = .asked(goodUntil: 1000)
        #expect(record.grace == nil, "its end was not seen")
        record.previous = .asked(goodUntil: -1)
        #expect(record.grace == nil, "it was never good")
        record.previous = .asked(goodUntil: 300)
        #expect(record.grace == 300...301.2)
        // A crash is no refusal.
        record.previous[301] = RotationRecord.Sample(age: 301...301.2, .crashed)
        #expect(record.grace == 300...302.2)
    }

    private static func judgement(of id: String, on session: RecordedSession) throws -> Judgement {
        let scenario = try #require(Catalogue.named(id)?.procedure.scenario)
        do {
            try scenario.run(session)
            return .passes
        } catch let finding as Finding {
            return .finds(finding.impact)
        } catch let obstacle as Obstacle {
            return .cannotTell(obstacle)
        }
    }
}

extension RotationRecord {
    /// What a sound endpoint shows that keeps each replaced secret for a grace of 300 s of its own.
    static var sound: RotationRecord {
        var record = RotationRecord()
        record.atOnce = Array(repeating: .accepted, count: 40)
        record.oldAtOnce = .accepted
        record.bothSignatures = [.accepted, .accepted]
        record.previous = .asked(goodUntil: 300)
        record.oldest = .asked(from: 10, goodUntil: 300)
        return record
    }
}

extension [RotationRecord.Sample] {
    /// Once a second until 30 s after a grace of 300 s, each answered within 0.2 s.
    ///
    /// - Parameter goodUntil: the greatest age, in seconds, at which the secret is accepted.
    static func asked(from first: Int = 0, goodUntil: Int, afterwards: Reply = .refused) -> Self {
        (first...330).map { second in
            let age = Double(second)
            return RotationRecord.Sample(age: age...(age + 0.2), second <= goodUntil ? .accepted : afterwards)
        }
    }
}

extension Reply {
    static let accepted = Reply(.accepted, status: 200, body: [])
    static let refused = Reply(.rejected, status: 401, body: [])
    static let crashed = Reply(.crashed, status: 500, body: [])
    static let odd = Reply(.odd, status: 302, body: [])
    static let silent = Reply(.silent, status: nil, body: [])
}

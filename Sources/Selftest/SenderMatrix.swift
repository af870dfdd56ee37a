internal import Bytes
internal import Catalogue
internal import Harness
internal import Platform
package import Reference
internal import ReportModel
package import Schemes
internal import Subjects
internal import Transport

/// Which case catches which flaw of the reference sender. Real requests over loopback; the sender's schedule and clock
/// run faster than ours.
package struct SenderMatrix: Sendable {
    /// One flaw in one scheme.
    package struct Row: Sendable {
        /// The flaw; `nil` for the sound sender.
        package let flaw: SenderFlaw?
        /// The scheme.
        package let scheme: String
        /// The cases that did not pass.
        package let caughtBy: [String]
        /// Those of them that the flaw declares.
        package let declared: [String]
        /// The cases that were judged.
        package let judged: Set<String>
    }

    /// The rows of the sound senders, and those of the flaws.
    package let rows: [Row]

    /// Runs every case against the sound sender of each scheme, and the declared cases against each flaw.
    ///
    /// - Throws: `ServerError` when no receiver can listen on loopback.
    package static func run(
        schemes: [Scheme] = SchemeLibrary.all, flaws: [SenderFlaw] = SenderFlaws.all
    ) throws -> SenderMatrix {
        var pairs: [(flaw: SenderFlaw?, scheme: Scheme)] = schemes.map { (nil, $0) }
        for flaw in flaws { for scheme in schemes where flaw.applies(to: scheme) { pairs.append((flaw, scheme)) } }
        let trust = try ReceiverTrust()
        // They wait much and compute little.
        return SenderMatrix(rows: try Workers.map(pairs, count: 16) { try row($0.flaw, $0.scheme, trust) })
    }

    private static func row(_ flaw: SenderFlaw?, _ scheme: Scheme, _ trust: ReceiverTrust) throws -> Row {
        let cases = Catalogue.senderCases(for: scheme).filter { flaw?.isCaught(by: $0.id) ?? true }
        let results = try Dictionary(grouping: cases) { Course(of: $0, scheme) }.flatMap { course, cases in
            try report(scheme, flaws: flaw.map { [$0] } ?? [], cases, trust, course).cases
        }
        let caught = cases.map(\.id).filter { id in results.contains { $0.id == id && $0.impact != nil } }
        let judged = results.filter { $0.outcome != .skipped && $0.outcome != .inconclusive }
        return Row(
            flaw: flaw, scheme: scheme.id, caughtBy: caught, declared: caught.filter { flaw?.isCaught(by: $0) == true },
            judged: Set(judged.map(\.id)))
    }

    private static func report(
        _ scheme: Scheme, flaws: [SenderFlaw], _ cases: [Case], _ trust: ReceiverTrust, _ course: Course
    ) throws -> Report {
        let speed = course.speed
        let pace = SenderPace(schedule: Double(speed), clock: Double(speed))
        let clock = EndpointClock(speed: speed)
        let secret = VectorContext.secret(of: scheme)
        var configuration = RunConfiguration(scheme: scheme, payload: scheme.sentPayload, secret: secret)
        configuration.credentials = VectorContext.credentials(of: scheme)
        configuration.scope = .all
        let next = VectorContext.secondSecret(of: scheme)
        func sender(_ secret: Secret, first: Secret? = nil) -> ReferenceSender {
            ReferenceSender(
                scheme: scheme, secret: secret, first: first, credentials: configuration.credentials, flaws: flaws,
                allowedHost: course.host, pace: pace, tls: TLSOptions(caFile: trust.authorityFile),
                clock: { clock.seconds() })
        }
        func trigger(of source: ReferenceSender) -> Trigger {
            Trigger(takesURL: true, takesText: true) { event, _ in
                source.send(text: event.text, toRegistered: event.url)
            }
        }
        let (source, another) = (sender(secret), sender(next, first: secret))
        configuration.facilities.rotation = .prompt { _ in
            source.rotate(to: next)
            return next.text
        }
        var described = SenderRunner.Sender(trigger: trigger(of: source), name: "the reference sender")
        described.second = .init(trigger: trigger(of: another), secret: next)
        described.given = [.authority, .internalAddresses]
        described.pace = pace
        described.patience = .seconds(8)
        described.longestWatch = longestWatch
        described.lanes = cases.count
        let receiver = Receiver(
            offers: trust.offers, listensInside: true, tick: .milliseconds(1000 / speed), clock: { clock.seconds() })
        try receiver.listen()
        if course.host != "127.0.0.1" {
            described.publicOrigin = receiver.origin.replacing("127.0.0.1", with: course.host)
        }
        defer {
            source.stop()
            another.stop()
            receiver.stop()
        }
        return SenderRunner(
            receiver: receiver, sender: described, configuration: configuration, plan: Plan(cases: cases)
        ).run()
    }

    /// What some cases of a scheme have in common.
    private struct Course: Hashable {
        /// How many seconds of the sender's pass in one of ours.
        let speed: Int
        /// The host to which deliveries usually go, and at which no other case looks.
        let host: String

        init(of testCase: Case, _ scheme: Scheme) {
            // The sender's limit of some seconds must still be long enough for an exchange on a busy machine.
            let usual =
                switch scheme.delivery?.timeout?.upperBound {
                case .some(..<10): 4
                case .some(..<20): 12
                default: 40
                }
            speed  // What is watched for an hour has nothing that is over in a moment.
            =
                if testCase.needs.contains(.retryTime) {
                    10 * usual
                    // A port must have refused the first attempt, and be open for the second; what comes without a wait must
                    // not come so late that it seems to have had one.
                } else if testCase.procedure.sender?.setting == .closedPort
                    || testCase.id.hasPrefix("sender/odd-retry-after")
                {
                    4
                } else {
                    usual
                }
            host = testCase.id == "sender/internal-loopback" ? "localhost" : "127.0.0.1"
        }
    }

    /// In our seconds.
    private static let longestWatch = 20.0

    /// What the matrix does not prove, in words; empty when it proves everything.
    ///
    /// - Parameter isWhole: whether every scheme and flaw was run.
    package func gaps(isWhole: Bool) -> [String] {
        var gaps = [String]()
        for row in rows where row.flaw == nil && !row.caughtBy.isEmpty {
            gaps.append("the sound sender of \(row.scheme) does not meet \(row.caughtBy.joined(separator: ", "))")
        }
        for (flaw, rows) in byFlaw where rows.allSatisfy(\.declared.isEmpty) {
            gaps.append("no declared case catches the flaw \(flaw) of the sender")
        }
        guard isWhole else { return gaps }
        let useful = Set(rows.filter { $0.flaw != nil }.flatMap(\.caughtBy))
        let judged = rows.reduce(into: Set<String>()) { $0.formUnion($1.judged) }
        for testCase in Catalogue.all where !useful.contains(testCase.id) {
            guard let procedure = testCase.procedure.sender else { continue }
            // Not every machine has IPv6.
            if case .internalAddress(let address) = procedure.setting, address.isIPv6, !judged.contains(testCase.id) {
                continue
            }
            gaps.append("the case \(testCase.id) catches no flaw of the sender")
        }
        return gaps
    }

    /// The rows of each flaw, in the order of the flaws.
    package var byFlaw: [(flaw: String, rows: [Row])] {
        SenderFlaws.all.compactMap { flaw in
            let own = rows.filter { $0.flaw?.id == flaw.id }
            return own.isEmpty ? nil : (flaw.id, own)
        }
    }

    /// The matrix for people.
    package func text(gaps: [String]) -> String {
        var lines = ["sound sender"]
        for row in rows where row.flaw == nil {
            lines.append("  \(row.scheme.padded(to: 20))\(row.judged.count) cases, \(row.caughtBy.count) not met")
        }
        lines.append("flaws of the sender")
        for (flaw, rows) in byFlaw {
            let seen = rows.filter { !$0.declared.isEmpty }
            let kills = Set(seen.flatMap(\.declared)).count
            let schemes = seen.count == rows.count ? "every scheme" : "\(seen.count) of \(rows.count) schemes"
            lines.append("  \(flaw.padded(to: 32))\(kills) declared cases in \(schemes)")
        }
        if !gaps.isEmpty { lines += ["gaps"] + gaps.map { "  \($0)" } }
        let flawed = rows.count { $0.flaw != nil }
        lines.append(
            "\(byFlaw.count) flaws in \(flawed) flawed senders, \(rows.count { !$0.declared.isEmpty }) of them caught for "
                + "their declared reason, \(gaps.count) gaps")
        return lines.joined(separator: "\n")
    }
}

internal import Catalogue
internal import Harness
internal import Reference
package import ReportModel
package import Schemes
internal import Subjects
internal import Synchronization
internal import Transport

/// Targets that decide nothing, and what a run against each must end with.
package enum DegenerateRuns {
    /// One target and what came of it.
    package struct Result: Sendable {
        /// The target.
        package let target: DegenerateTarget
        /// The exit code that the run must end with.
        package let expectedExit: ExitStatus
        /// The exit code of the run.
        package let exit: ExitStatus
        /// The passes that tell something.
        package let discriminating: Int
        /// What was selected: a profile or a pattern; empty where everything was.
        package var selection = ""

        /// Whether the run ended as it must, and no pass tells anything.
        package var isRight: Bool { exit == expectedExit && discriminating == 0 }
        /// The target, and what was selected.
        package var name: String { target.rawValue + (selection.isEmpty ? "" : " (\(selection))") }
    }

    /// Runs against each of them.
    ///
    /// - Throws: `ServerError` when no endpoint can listen on loopback.
    package static func run(scheme: Scheme, workers: Int = 2) throws -> [Result] {
        let constant = try Workers.map(DegenerateTarget.allCases.filter { !$0.isInventive }, count: workers) { target in
            let report = try report(target, scheme)
            return Result(
                target: target, expectedExit: expectedExit(target), exit: report.exit,
                discriminating: report.summary.discriminating)
        }
        let others = try Workers.map(selections, count: workers) { name, selection in
            try inventive(scheme, selection).map { target, report in
                Result(
                    target: target, expectedExit: .failure, exit: report.exit,
                    discriminating: report.summary.discriminating, selection: name)
            }
        }
        return constant + others.flatMap(\.self)
    }

    /// Each profile, some families alone, and one case alone: a pattern shows in many requests, and must show in few.
    static let selections: [(name: String, selection: SelftestRun.Selection)] =
        Profile.allCases.map { ("profile \($0.rawValue)", SelftestRun.Selection(profile: $0)) }
        + [
            "control/**", "presence/**", "signature/**", "body/**", "timestamp/**", "header/**", "contract/**",
            "transport/**", "replay/**", "timestamp/future-one-year",
        ].map { ($0, SelftestRun.Selection(only: [CaseGlob($0)])) }

    /// Runs a selection against each target that tries to look as if it decided, in this process.
    ///
    /// - Parameter seed: of the runs; the target that plays answers back has seen the run with seed 1.
    static func inventive(
        _ scheme: Scheme, _ selection: SelftestRun.Selection, seed: UInt64 = 2
    ) throws -> [(target: DegenerateTarget, report: Report)] {
        let path = scheme.payloads[0].path
        let recording = Mutex<[Bool]>([])
        let sound = SelftestRun.handler(scheme)
        _ = try SelftestRun.report(scheme, path: path, .inProcess, selection) { request in
            let action = sound(request)
            let isAccepted = if case .answer(let answer) = action { answer.status < 300 } else { false }
            recording.withLock { $0.append(isAccepted) }
            return action
        }
        var selection = selection
        selection.seed = seed
        return try DegenerateTarget.allCases.filter(\.isInventive).compactMap { target in
            let handler = target.handler(seed: seed, recording: recording.withLock { $0 }) { request in
                request.headers.first(named: scheme.signature.header)
                    .flatMap { SignatureHeader(of: scheme).read($0) }?.candidates
                    .contains { scheme.signature.encoding.decode($0) != nil } ?? false
            }
            return try handler.map {
                (target, try SelftestRun.report(scheme, path: path, .inProcess, selection, handler: $0))
            }
        }
    }

    private static func report(_ target: DegenerateTarget, _ scheme: Scheme) throws -> Report {
        let path = scheme.payloads[0].path
        if let handler = target.handler(seed: 1) {
            return try SelftestRun.report(scheme, path: path, .http, handler: handler)
        }
        // A port that was free a moment ago: nobody listens there.
        let server = HTTPServer { _ in .close }
        try server.start()
        let port = server.port
        server.stop()
        return try SelftestRun.report(scheme, port: port, path: path)
    }

    private static func expectedExit(_ target: DegenerateTarget) -> ExitStatus {
        switch target {
        case .down, .alwaysUnauthorized, .alwaysFails, .neverAnswers: .inconclusive
        default: .failure
        }
    }
}

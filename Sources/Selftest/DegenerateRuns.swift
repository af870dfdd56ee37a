internal import Harness
internal import Reference
package import ReportModel
package import Schemes
internal import Subjects
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

        /// Whether the run ended as it must; only the random target may score a pass that tells something.
        package var isRight: Bool { exit == expectedExit && (discriminating == 0 || target == .random) }
    }

    /// Runs against each of them.
    ///
    /// - Throws: `ServerError` when no endpoint can listen on loopback.
    package static func run(scheme: Scheme) throws -> [Result] {
        try DegenerateTarget.allCases.map { target in
            let report = try report(target, scheme)
            return Result(
                target: target, expectedExit: expectedExit(target), exit: report.exit,
                discriminating: report.summary.discriminating)
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
        case .alwaysAccepts, .random: .failure
        }
    }
}

internal import Arguments
internal import Bytes
internal import Platform
internal import ReportModel

/// The variables by which CI systems and schedulers tell a job which part of the work is its own.
enum ShardVariables {
    /// The index and the total of a system, and what it counts from.
    private static let known: [(index: String, total: String, first: Int)] = [
        ("TEST_SHARD_INDEX", "TEST_TOTAL_SHARDS", 0), ("CI_NODE_INDEX", "CI_NODE_TOTAL", 1),
        ("CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL", 0), ("BUILDKITE_PARALLEL_JOB", "BUILDKITE_PARALLEL_JOB_COUNT", 0),
        // Kubernetes sets no total: the Job must.
        ("JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", 0),
    ]

    /// Reads the part from the first system whose index is set. Only `--shard env` does so: some systems set them where
    /// each job has other work, and a part that nobody asked for would be less than was asked for.
    static func read() throws(InvalidValue) -> Shard {
        guard let system = known.first(where: { CurrentProcess.environment($0.index) != nil }) else {
            throw InvalidValue("None of \(known.map(\.index).joined(separator: ", ")) is set.")
        }
        let total = CurrentProcess.environment(system.total).flatMap { ASCII.decimal($0.utf8) }.flatMap(
            Int.init(exactly:))
        let index = CurrentProcess.environment(system.index).flatMap { ASCII.decimal($0.utf8) }.flatMap(
            Int.init(exactly:))
        guard let total, let index, index >= system.first, index - system.first < total else {
            throw InvalidValue(
                "\(system.index) must be a number from \(system.first), and \(system.total) how many parts there are.")
        }
        touchStatusFile()
        return Shard(number: index - system.first + 1, count: total)
    }

    /// Bazel takes a test for one that knows no parts unless it touches this file.
    private static func touchStatusFile() {
        guard let path = CurrentProcess.environment("TEST_SHARD_STATUS_FILE") else { return }
        try? FileOutput.write([], to: path)
    }
}

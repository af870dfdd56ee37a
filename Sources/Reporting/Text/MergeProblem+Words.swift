package import ReportModel

extension Report.MergeProblem {
    /// What is wrong, and what to do.
    ///
    /// - Parameter names: the reports' names, in their order.
    package func words(names: [String]) -> String {
        switch self {
        case .notAShard(let place):
            return "'\(names[place])' is not the report of a shard; merge reports of runs with --shard"
        case .different(let first, let second, let what):
            return "'\(names[first])' and '\(names[second])' are not of one run: \(what) differs"
        case .twice(let first, let second, let shard):
            return "'\(names[first])' and '\(names[second])' are both shard \(shard.number) of \(shard.count)"
        case .missing(let numbers, let count):
            let list = numbers.prefix(8).map(String.init).joined(separator: ", ") + (numbers.count > 8 ? " …" : "")
            return
                "\(numbers.count == 1 ? "shard" : "shards") \(list) of \(count) \(numbers.count == 1 ? "is" : "are") missing"
        case .wrongSizes: return "the shards do not have as many cases as the parts of one run"
        }
    }
}

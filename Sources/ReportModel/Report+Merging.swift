extension Report {
    /// Why reports are not the shards of one run.
    package enum MergeProblem: Error, Sendable, Hashable {
        /// This one is no shard.
        case notAShard(Int)
        /// These two are of different runs, in this respect.
        case different(Int, Int, what: String)
        /// These two are the same shard.
        case twice(Int, Int, Shard)
        /// These shards are missing.
        case missing([Int], count: Int)
        /// They have not as many cases as the parts of one run.
        case wrongSizes
    }

    /// Joins the shards of one run. Cases are dealt out to shards one by one, and so they are put together again.
    ///
    /// - Parameter reports: the reports of all shards, at least one, in any order.
    /// - Returns: the report that the run would have had in one piece, except for its id.
    package static func merging(_ reports: [Report]) throws(MergeProblem) -> Report {
        let shards = try checkedShards(reports)
        var merged = shards[0]
        merged.run.selection.shard = nil
        // Verdicts that do not follow from requests add a case to the shards that did not select it.
        let unsteady = shards.lazy.flatMap(\.cases).first(where: \.isUnsteady)
        let ordered = shards.map { $0.withoutAddedCase(among: shards) }
        var cases = [CaseResult]()
        for place in 0..<(ordered.map(\.cases.count).max() ?? 0) {
            for report in ordered where place < report.cases.count { cases.append(report.cases[place]) }
        }
        merged.cases = cases
        merged.complete = ordered.allSatisfy(\.complete)
        for report in ordered.dropFirst() {
            merged.measurements.formUnion(report.measurements)
            merged.run.remarks += report.run.remarks.filter { !merged.run.remarks.contains($0) }
            merged.record.formUnion(report.record)
            if let gate = report.gate { merged.gate = merged.gate?.union(gate) ?? gate }
        }
        if let unsteady {
            if let place = merged.cases.firstIndex(where: { $0.id == unsteady.id }) {
                merged.cases[place] = unsteady
            } else {
                merged.cases.append(unsteady)
            }
        }
        // Whether anything was selected or refused is a question for the whole.
        merged.cause = ordered.compactMap(\.cause).first { $0 != .nothingSelected && $0 != .nothingRefused }
        merged.conclude()
        return merged
    }

    /// Returns the reports by the number of their shard.
    private static func checkedShards(_ reports: [Report]) throws(MergeProblem) -> [Report] {
        guard let first = reports.first, let count = first.run.selection.shard?.count else { throw .notAShard(0) }
        var places = [Int: Int]()
        for (place, report) in reports.enumerated() {
            guard let shard = report.run.selection.shard else { throw .notAShard(place) }
            if let what = first.run.difference(to: report.run) { throw .different(0, place, what: what) }
            if let other = places.updateValue(place, forKey: shard.number) { throw .twice(other, place, shard) }
        }
        let missing = (1...count).filter { places[$0] == nil }
        guard missing.isEmpty else { throw .missing(missing, count: count) }
        let order = places.sorted { $0.key < $1.key }.map(\.value)
        let ordered = order.map { reports[$0] }
        let sizes = ordered.map { $0.withoutAddedCase(among: ordered).cases.count }
        let total = sizes.reduce(0, +)
        guard sizes.enumerated().allSatisfy({ $1 == (total - $0 + count - 1) / count }) else { throw .wrongSizes }
        return ordered
    }

    /// Returns the report without a case that was added to it at the end: another shard has the same one in its place, or
    /// it makes this shard longer than the first.
    private func withoutAddedCase(among shards: [Report]) -> Report {
        guard let last = cases.last, last.isUnsteady else { return self }
        let isElsewhere = shards.contains { shard in
            shard.cases.dropLast(shard.cases.last?.isUnsteady == true ? 1 : 0).contains { $0.id == last.id }
        }
        let isSurplus = shards.contains { $0.cases.count < cases.count && $0.cases.last?.isUnsteady != true }
        let areAllAdded = shards.allSatisfy { $0.cases.last?.isUnsteady == true }
        guard isElsewhere || isSurplus || areAllAdded else { return self }
        var report = self
        report.cases.removeLast()
        return report
    }
}

extension Report.RunDescription {
    /// What distinguishes this run from another one, except for the shard; `nil` when nothing does.
    fileprivate func difference(to other: Self) -> String? {
        if scheme != other.scheme { return "the scheme" }
        if payload != other.payload { return "the payload" }
        if target != other.target { return "the target" }
        if level != other.level || enforce != other.enforce { return "the level" }
        if profile != other.profile { return "the profile" }
        if selection.only != other.selection.only || selection.skip != other.selection.skip { return "the selection" }
        if selection.shard?.count != other.selection.shard?.count { return "the number of shards" }
        if seed != other.seed { return "the seed" }
        if vectors != other.vectors { return "the digest of the vectors" }
        return nil
    }
}

extension Measurements {
    /// Takes what another shard measured. Of two windows the wider counts: both were accepted.
    fileprivate mutating func formUnion(_ other: Measurements) {
        if let theirs = other.clock, theirs.uncertainty < clock?.uncertainty ?? .infinity { clock = theirs }
        if let theirs = other.window, let ours = window {
            window = Window(past: Self.wider(ours.past, theirs.past), future: Self.wider(ours.future, theirs.future))
        } else {
            window = window ?? other.window
        }
        grace = grace ?? other.grace
        memory = memory ?? other.memory
        transport.merge(other.transport) { ours, theirs in ours == .delivered ? theirs : ours }
        comparisons.merge(other.comparisons) { ours, _ in ours }
        failed.formUnion(other.failed)
        if window != nil { failed.remove(.window) }
        if grace != nil { failed.remove(.grace) }
        if memory != nil { failed.remove(.memory) }
    }

    /// Without a limit is widest.
    private static func wider(_ left: Int64?, _ right: Int64?) -> Int64? {
        guard let left, let right else { return nil }
        return max(left, right)
    }
}

extension RunRecord {
    /// Takes the record of another shard: from the first beginning to the last end.
    fileprivate mutating func formUnion(_ other: RunRecord) {
        let begin = min(started, other.started)
        func end(_ record: RunRecord) -> UInt64 {
            UInt64(clamping: record.started &- begin).multipliedReportingOverflow(by: 1_000_000_000).partialValue
                &+ record.nanoseconds
        }
        nanoseconds = max(end(self), end(other))
        started = begin
        exchanges += other.exchanges
        evidence.merge(other.evidence) { ours, _ in ours }
    }
}

/// What has changed between two runs of one scheme.
package struct ReportDifference: Sendable {
    /// A case whose result is another.
    package struct Change: Sendable, Hashable {
        /// The result in the earlier run; `nil` when it had none.
        package var old: CaseResult?
        /// The result in the later run; `nil` when it has none.
        package var new: CaseResult?

        /// The case's id.
        package var id: String { new?.id ?? old?.id ?? "" }

        /// What kind of change it is.
        package var kind: Kind {
            guard let new else { return .gone }
            let wasRed = old.map { $0.outcome == .fail || $0.outcome == .inconclusive } ?? false
            switch new.outcome {
            case .fail, .inconclusive: return wasRed ? .different : .broken
            case .skipped where wasRed: return .different
            default: return wasRed ? .fixed : old == nil ? .added : .different
            }
        }
    }

    /// A kind of change.
    package enum Kind: Sendable, Hashable, CaseIterable {
        /// It fails or can't be judged, and was neither before.
        case broken
        /// It failed or could not be judged before, and is neither now.
        case fixed
        /// Its outcome or what was observed is another.
        case different
        /// Only the later run has it.
        case added
        /// Only the earlier run has it.
        case gone
    }

    /// The earlier run.
    package let old: Report
    /// The later run.
    package let new: Report
    /// The changes, in the order of the later run, then what only the earlier one has.
    package let changes: [Change]

    /// Compares two runs.
    package init(old: Report, new: Report) {
        self.old = old
        self.new = new
        let before = Dictionary(old.cases.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.cases.map(\.id))
        changes =
            new.cases.compactMap { result in
                let earlier = before[result.id]
                let isSame =
                    earlier?.outcome == result.outcome && earlier?.impact == result.impact
                    && earlier?.observed == result.observed
                return isSame ? nil : Change(old: earlier, new: result)
            } + old.cases.filter { !after.contains($0.id) }.map { Change(old: $0, new: nil) }
    }

    /// Returns the changes of a kind.
    package func changes(_ kind: Kind) -> [Change] { changes.filter { $0.kind == kind } }

    /// Whether anything is broken that was not.
    package var isWorse: Bool {
        !changes(.broken).isEmpty || (new.cause != nil && old.cause == nil) || (!new.complete && old.complete)
    }
}

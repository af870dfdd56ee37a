/// Which cases of a plan were run, besides those of other levels and profiles.
package struct Selection: Sendable, Hashable {
    /// The patterns of case ids that were run; empty for all.
    package var only: [String]
    /// The patterns of case ids that were left out.
    package var skip: [String]
    /// Which part of the selection was run; `nil` when all of it was.
    package var shard: Shard?

    /// Creates a selection.
    package init(only: [String] = [], skip: [String] = [], shard: Shard? = nil) {
        self.only = only
        self.skip = skip
        self.shard = shard
    }

    /// Whether nothing was left out.
    package var isWhole: Bool { only.isEmpty && skip.isEmpty && shard == nil }
}

/// One of several equal parts of a selection: every `count`-th case, from the `number`-th on.
package struct Shard: Sendable, Hashable {
    /// From 1 to `count`.
    package var number: Int
    /// The number of parts.
    package var count: Int

    /// Creates a part.
    package init(number: Int, count: Int) {
        self.number = number
        self.count = count
    }
}

internal import Bytes

/// Cases counted by family: a line each, in the order in which the families first appear.
struct FamilyTable {
    private let columns: [String]
    private var names: [String] = []
    private var counts: [String: [String: Int]] = [:]

    init(columns: [String]) { self.columns = columns }

    /// Counts a case.
    mutating func count(_ column: String, in family: String) {
        if counts[family] == nil { names.append(family) }
        counts[family, default: [:]][column, default: 0] += 1
    }

    /// The table with a heading and totals.
    var lines: [String] {
        let totals = columns.map { column in counts.values.reduce(0) { $0 + ($1[column] ?? 0) } }
        return [Self.row("family", columns)]
            + names.map { name in Self.row(name, columns.map { String(counts[name]?[$0] ?? 0) }) }
            + [Self.row("all", totals.map(String.init))]
    }

    private static func row(_ name: String, _ cells: [String]) -> String {
        "  " + name.padded(to: 14)
            + cells.map { String(repeating: " ", count: max(1, 9 - $0.utf8.count)) + $0 }.joined()
    }
}

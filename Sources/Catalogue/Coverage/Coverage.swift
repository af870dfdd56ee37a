internal import ReportModel
package import Schemes

/// The entries of the flaw catalogue that cases and the flaws of the reference endpoint and sender cover.
package enum Coverage {
    /// One entry and what covers it.
    package struct Row: Sendable {
        /// The entry.
        package let entry: Weakness
        /// The ids of the cases that cover it, in the order of the catalogue.
        package let cases: [String]
        /// The ids of the flaws of the reference endpoint and sender that exhibit it.
        package let flaws: [String]

        /// What the scheme lacks for every case that covers the entry in other schemes; `nil` when a case applies.
        package let lack: String?

        /// Whether a case covers it, or a reason explains why none can.
        package var isSettled: Bool {
            if case .notTestable = entry.status { return true }
            return !cases.isEmpty || lack != nil
        }
    }

    /// Returns a row for every entry, A01 to S17.
    ///
    /// - Parameters:
    ///   - scheme: count only the cases that apply to it; `nil` counts all.
    ///   - flaws: the flaws of the reference endpoint and sender, each with the entry it exhibits.
    package static func table(for scheme: Scheme? = nil, flaws: [(entry: String, flaw: String)] = []) -> [Row] {
        var cases = [String: [Case]]()
        for testCase in Catalogue.all {
            for entry in testCase.covers { cases[entry, default: []].append(testCase) }
        }
        let flaws = Dictionary(grouping: flaws, by: \.entry).mapValues { $0.map(\.flaw) }
        return Weakness.all.map { entry in
            let covering = cases[entry.id] ?? []
            let applying = scheme.map { scheme in covering.filter { $0.applies(to: scheme) } } ?? covering
            return Row(
                entry: entry, cases: applying.map(\.id), flaws: flaws[entry.id] ?? [],
                lack: applying.isEmpty ? scheme.flatMap { lack(of: covering, in: $0) } : nil)
        }
    }

    /// Returns what a scheme would need for at least one of the cases to apply; `nil` when there are no cases.
    private static func lack(of cases: [Case], in scheme: Scheme) -> String? {
        var ways = [[Requirement]]()
        for testCase in cases {
            let unmet = testCase.needs.filter { !$0.isMet(by: scheme) }
            // A case that needs everything another one needs, and more, adds nothing.
            if ways.contains(where: { Set($0).isSubset(of: unmet) }) { continue }
            ways.removeAll { Set(unmet).isSubset(of: $0) }
            ways.append(unmet)
        }
        let words = ways.map { $0.map(\.words).joined(separator: " and ") }
        return words.isEmpty ? nil : "not in \(scheme.id): needs \(words.joined(separator: ", or "))"
    }

    /// Returns the table as text in columns, with one line per case and the totals at the end.
    package static func text(_ rows: [Row]) -> String {
        var lines = [["entry", "title", "cases", "flaws", "status"]]
        for row in rows {
            let first = [
                row.entry.id, row.entry.title, row.cases.first ?? "-", row.flaws.first ?? "-", status(of: row),
            ]
            lines.append(first)
            for place in 1..<max(1, row.cases.count, row.flaws.count) {
                lines.append(["", "", at(place, of: row.cases), at(place, of: row.flaws), ""])
            }
        }
        return aligned(lines) + totals(of: rows)
    }

    private static func at(_ place: Int, of items: [String]) -> String {
        items.indices.contains(place) ? items[place] : ""
    }

    private static func status(of row: Row) -> String {
        switch row.entry.status {
        case .notTestable(let reason): reason
        case _ where row.cases.isEmpty: row.lack ?? "\(row.entry.status.word), no case"
        default: row.entry.status.word
        }
    }

    private static func aligned(_ lines: [[String]]) -> String {
        let widths = (0..<4).map { column in lines.map { $0[column].count }.max() ?? 0 }
        var text = ""
        for line in lines {
            var row = ""
            for (cell, width) in zip(line, widths) {
                row += cell + String(repeating: " ", count: width - cell.count + 2)
            }
            row += line[4]
            while row.last == " " { row.removeLast() }
            text += row + "\n"
        }
        return text
    }

    private static func totals(of rows: [Row]) -> String {
        let covered = rows.count { !$0.cases.isEmpty }
        let reasoned = rows.count { $0.isSettled && $0.cases.isEmpty }
        let flawed = rows.count { !$0.flaws.isEmpty }
        let open = rows.count - covered - reasoned
        return "\n\(rows.count) entries: \(covered) with cases, \(reasoned) with a reason why not, \(open) open; "
            + "\(flawed) with flaws of the reference endpoint or sender.\n"
    }
}

extension Weakness.Status {
    /// The status in one or two words.
    package var word: String {
        switch self {
        case .stateless: "stateless"
        case .stateful: "stateful"
        case .sender: "sender"
        case .notTestable: "not testable"
        }
    }
}

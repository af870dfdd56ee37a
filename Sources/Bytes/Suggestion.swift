/// Finds what was probably meant.
package enum Suggestion {
    /// Returns "Did you mean 'a', 'b' or 'c'?" with the candidates nearest to a word, or `nil` when none is near.
    package static func sentence(for word: String, among candidates: [String], limit: Int = 3) -> String? {
        let quoted = nearest(word, among: candidates, limit: limit).map { "'\($0)'" }
        guard let last = quoted.last else { return nil }
        let others = quoted.dropLast().joined(separator: ", ")
        return "Did you mean \(others)\(others.isEmpty ? "" : " or ")\(last)?"
    }

    /// Returns the candidates nearest to a word, best first; candidates equally near keep their order.
    ///
    /// Near is a small Damerau-Levenshtein distance on UTF-8 bytes, ASCII case ignored: one edit for every three
    /// letters of the word, so that a short word is not near to any other short word. A candidate that starts with the
    /// word counts like a distance between one and two, one that contains it (three bytes and more) like one between
    /// two and three.
    ///
    /// - Parameters:
    ///   - word: what was given.
    ///   - candidates: what exists.
    ///   - limit: the most that are returned.
    ///   - maximumDistance: the greatest distance in edits that still counts as near.
    static func nearest(
        _ word: String, among candidates: [String], limit: Int = 3, maximumDistance: Int = 3
    ) -> [String] {
        let word = folded(word)
        guard !word.isEmpty else { return [] }
        return candidates.enumerated()
            .compactMap { place, candidate in
                score(word, folded(candidate), maximumDistance).map { (score: $0, place: place, text: candidate) }
            }
            .sorted { ($0.score, $0.place) < ($1.score, $1.place) }
            .prefix(max(0, limit)).map(\.text)
    }

    private static func score(_ word: [UInt8], _ candidate: [UInt8], _ maximumDistance: Int) -> Int? {
        var scores = [Int]()
        // A word of any length may come from outside: the table is only built for words of about one length.
        if abs(word.count - candidate.count) <= maximumDistance {
            let distance = distance(word, candidate)
            let letters = word.count { $0 != 0x2D }
            if distance <= max(1, min(maximumDistance, letters / 3)), distance < letters { scores.append(distance * 2) }
        }
        if candidate.starts(with: word) { scores.append(3) } else if contains(word, in: candidate) { scores.append(5) }
        return scores.min()
    }

    private static func contains(_ word: [UInt8], in candidate: [UInt8]) -> Bool {
        guard word.count >= 3, word.count <= candidate.count else { return false }
        return (0...(candidate.count - word.count)).contains { candidate[$0...].starts(with: word) }
    }

    private static func folded(_ text: String) -> [UInt8] {
        text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    }

    /// Counts the insertions, deletions, substitutions and swaps of neighbours that turn one byte string into another.
    ///
    /// The unrestricted distance (Lowrance and Wagner 1975), which is a metric: `ca` to `abc` is 2, not 3.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        let width = right.count + 2
        let far = left.count + right.count
        // Row and column 0 hold a value that never wins; the usual table starts at 1.
        var table = [Int](repeating: far, count: (left.count + 2) * width)
        for row in 0...left.count { table[(row + 1) * width + 1] = row }
        for column in 0...right.count { table[width + column + 1] = column }
        var lastRow = [Int](repeating: 0, count: 256)
        for row in left.indices {
            var lastColumn = 0
            for column in right.indices {
                let swapRow = lastRow[Int(right[column])]
                let swapColumn = lastColumn
                let isEqual = left[row] == right[column]
                if isEqual { lastColumn = column + 1 }
                let swap = table[swapRow * width + swapColumn] + (row - swapRow) + 1 + (column - swapColumn)
                table[(row + 2) * width + column + 2] = min(
                    table[(row + 1) * width + column + 1] + (isEqual ? 0 : 1),
                    table[(row + 2) * width + column + 1] + 1,
                    table[(row + 1) * width + column + 2] + 1,
                    swap)
            }
            lastRow[Int(left[row])] = row + 1
        }
        return table[table.count - 1]
    }
}

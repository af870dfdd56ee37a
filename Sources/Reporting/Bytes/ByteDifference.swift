/// Where two byte strings differ: line by line, and within a line that was replaced by another.
struct ByteDifference {
    /// The places in the first that are not in the second.
    private(set) var first: [Range<Int>] = []
    /// The places in the second that are not in the first.
    private(set) var second: [Range<Int>] = []

    /// The most lines that are compared with one another; the rest counts as different.
    private static let mostLines = 400

    init(_ left: [UInt8], _ right: [UInt8]) {
        let (ours, theirs) = (Self.lines(left), Self.lines(right))
        var removed = [Range<Int>]()
        var added = [Range<Int>]()
        for step in Self.script(ours, left, theirs, right) {
            switch step {
            case .removed(let line): removed.append(line)
            case .added(let line): added.append(line)
            case .same:
                note(&removed, left, &added, right)
            }
        }
        note(&removed, left, &added, right)
    }

    private enum Step {
        case same
        case removed(Range<Int>)
        case added(Range<Int>)
    }

    /// Lines with their ends.
    private static func lines(_ bytes: [UInt8]) -> [Range<Int>] {
        var lines = [Range<Int>]()
        var start = 0
        for place in bytes.indices where bytes[place] == 0x0A {
            lines.append(start..<place + 1)
            start = place + 1
        }
        if start < bytes.count { lines.append(start..<bytes.count) }
        return lines
    }

    /// The shortest way from one list of lines to the other, by the table of longest common subsequences.
    private static func script(
        _ ours: [Range<Int>], _ left: [UInt8], _ theirs: [Range<Int>], _ right: [UInt8]
    ) -> [Step] {
        let (m, n) = (min(ours.count, mostLines), min(theirs.count, mostLines))
        func isSame(_ i: Int, _ j: Int) -> Bool { left[ours[i]] == right[theirs[j]] }
        var longest = [[Int]](repeating: [Int](repeating: 0, count: n + 1), count: m + 1)
        for i in stride(from: m - 1, through: 0, by: -1) {
            for j in stride(from: n - 1, through: 0, by: -1) {
                longest[i][j] =
                    isSame(i, j) ? longest[i + 1][j + 1] + 1 : max(longest[i + 1][j], longest[i][j + 1])
            }
        }
        var steps = [Step]()
        var (i, j) = (0, 0)
        while i < m || j < n {
            if i < m, j < n, isSame(i, j) {
                steps.append(.same)
                (i, j) = (i + 1, j + 1)
            } else if j >= n || (i < m && longest[i + 1][j] >= longest[i][j + 1]) {
                steps.append(.removed(ours[i]))
                i += 1
            } else {
                steps.append(.added(theirs[j]))
                j += 1
            }
        }
        return steps + ours[m...].map { .removed($0) } + theirs[n...].map { .added($0) }
    }

    /// Notes lines that replace one another: pair by pair without what both begin and end with.
    private mutating func note(
        _ removed: inout [Range<Int>], _ left: [UInt8], _ added: inout [Range<Int>], _ right: [UInt8]
    ) {
        for index in 0..<max(removed.count, added.count) {
            guard index < removed.count else {
                second.append(added[index])
                continue
            }
            guard index < added.count else {
                first.append(removed[index])
                continue
            }
            let (ours, theirs) = (left[removed[index]], right[added[index]])
            let shortest = min(ours.count, theirs.count)
            var head = 0
            while head < shortest, ours[ours.startIndex + head] == theirs[theirs.startIndex + head] { head += 1 }
            var tail = 0
            while tail < shortest - head, ours[ours.endIndex - 1 - tail] == theirs[theirs.endIndex - 1 - tail] {
                tail += 1
            }
            let ourPart = ours.startIndex + head..<ours.endIndex - tail
            let theirPart = theirs.startIndex + head..<theirs.endIndex - tail
            if !ourPart.isEmpty { first.append(ourPart) }
            if !theirPart.isEmpty { second.append(theirPart) }
        }
        removed = []
        added = []
    }
}

internal import ReportModel

/// The relevant lines of a recorded request or answer.
struct Excerpt {
    private let head: [String]
    private let body: [String]

    /// Splits a record's text at its first empty line.
    init(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let end = lines.firstIndex(of: "") ?? lines.count
        head = Array(lines[..<end])
        body = lines.dropFirst(end + 1).filter { !$0.isEmpty }
    }

    private static let commonplace = [
        "host", "content-length", "transfer-encoding", "content-type", "user-agent", "accept", "cache-control",
        "connection",
    ]
    private static let headerLimit = 6
    private static let bodyLimit = 3

    /// The request line, the header lines that are not in every request, and the body when that is what changed.
    ///
    /// - Parameter changes: the aspects in which the probe differs from its control.
    func requestLines(changes: Change) -> [String] {
        var wanted = [String]()
        if changes.contains(.contentType) { wanted.append("content-type") }
        if changes.contains(.framing) { wanted += ["content-length", "transfer-encoding"] }
        let headers = head.dropFirst().filter { line in
            let name = line.prefix { $0 != ":" }.lowercased()
            return wanted.contains(name) || !Self.commonplace.contains(name)
        }
        let showsBody = changes.contains(.body) || changes.contains(.framing)
        // The signature comes after the lines that say what kind of event it is, and what a case adds comes last.
        return Array(head.prefix(1)) + Self.cut(headers.reversed(), to: Self.headerLimit, "header line").reversed()
            + (showsBody ? Self.cut(body, to: Self.bodyLimit, "line") : [])
    }

    /// The whole request, up to a sensible length.
    var wholeRequestLines: [String] {
        Self.cut(head, to: 2 * Self.headerLimit, "header line") + Self.cut(body, to: Self.bodyLimit, "line")
    }

    /// The status line and the first line of the body.
    var answerLines: [String] { Array(head.prefix(1) + body.prefix(1)) }

    private static func cut(_ lines: [String], to limit: Int, _ noun: String) -> [String] {
        // One more line takes no more room than saying that there is one.
        guard lines.count > limit + 1 else { return lines }
        return lines.prefix(limit) + ["… \(counted(lines.count - limit, "more " + noun))"]
    }
}

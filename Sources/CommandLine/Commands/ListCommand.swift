internal import Arguments
internal import Bytes
internal import Catalogue
internal import Reference
internal import ReportModel
internal import Schemes

/// `countersign list`: the cases.
enum ListCommand: Command {
    private static let only = Option(
        repeating: "only", value: "glob", .glob,
        help: "List only these cases: '*' matches within one segment of an id, '**' across segments.")

    private static let coverage = Option(
        flag: "coverage",
        help: "List the entries of the flaw catalogue with their cases and flaws, for one scheme or all.")

    private static let all = Option(flag: "all", help: "List every case, not only their families.")

    private static let counts = Option(flag: "counts", help: "Count the cases by family and scheme.")

    static let spec = CommandSpec(
        "list", abstract: "Lists the cases: level, severity, id, and what a sound endpoint does.",
        discussion: "Without --only and --all, it counts the cases of each family.",
        options: [SharedOptions.anyScheme, only, all, coverage, counts])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let scheme = try parsed[SharedOptions.anyScheme].map { try SchemeInput.scheme(named: $0, parsed) }
        if try parsed[coverage] {
            Console.out(Coverage.text(Coverage.table(for: scheme, flaws: flaws(of: scheme))))
            return .success
        }
        if try parsed[counts] {
            Console.out(countTable())
            return .success
        }
        let globs = try parsed[only]
        let known = scheme.map { Catalogue.allCases(for: $0) } ?? Catalogue.all
        let cases = known.filter { testCase in globs.isEmpty || globs.contains { $0.matches(testCase.id) } }
        if cases.isEmpty {
            let question = globs.lazy.compactMap { Suggestion.sentence(for: $0.pattern, among: known.map(\.id)) }.first
            throw parsed.error(
                "No case matches '\(printable(globs.map(\.pattern).joined(separator: "' or '")))'."
                    + (question.map { " \($0)" } ?? ""))
        }
        if try globs.isEmpty && !parsed[Self.all] {
            Console.out(folded(cases, scheme))
            return .success
        }
        let width = cases.map { $0.id.utf8.count }.max() ?? 0
        for testCase in cases {
            let level = scheme.map { testCase.level(in: $0) } ?? testCase.info.level
            Console.out(
                level.rawValue.padded(to: 8) + testCase.severity.rawValue.padded(to: 10)
                    + testCase.id.padded(to: width + 2) + testCase.title)
        }
        Console.out("\(cases.count) cases" + (scheme.map { " apply to \($0.id)" } ?? ""))
        return .success
    }

    /// Returns a line for each family, and what lists the cases.
    private static func folded(_ cases: [Case], _ scheme: Scheme?) -> String {
        let levels: [Level] = [.must, .should, .may]
        var table = FamilyTable(columns: levels.map(\.rawValue))
        for testCase in cases {
            table.count((scheme.map { testCase.level(in: $0) } ?? testCase.info.level).rawValue, in: testCase.family)
        }
        return
            (table.lines + [
                "\(cases.count) cases" + (scheme.map { " apply to \($0.id)" } ?? "")
                    + ". --only 'timestamp/**' lists those of a family, --all lists every one."
            ]).joined(separator: "\n")
    }

    /// Returns the flaws of the reference endpoint and sender, each with an entry that it exhibits.
    private static func flaws(of scheme: Scheme?) -> [(entry: String, flaw: String)] {
        let endpoint = FlawRegistry.all.filter { flaw in scheme.map(flaw.applies) ?? true }
            .flatMap { flaw in flaw.covers.map { (entry: $0, flaw: flaw.id) } }
        let sender = SenderFlaws.all.filter { flaw in scheme.map(flaw.applies) ?? true }
            .flatMap { flaw in flaw.covers.map { (entry: $0, flaw: flaw.id) } }
        return endpoint + sender
    }

    /// Returns the count table: families down, schemes across.
    private static func countTable() -> String {
        let schemes = SchemeLibrary.all
        let families = Catalogue.all.reduce(into: [String]()) { names, testCase in
            if !names.contains(testCase.family) { names.append(testCase.family) }
        }
        let columns = schemes.map { max($0.id.utf8.count, 4) + 2 }
        func row(_ name: String, _ numbers: [String]) -> String {
            name.padded(to: 14)
                + zip(numbers, columns).map { number, width in
                    String(repeating: " ", count: max(0, width - number.utf8.count)) + number
                }.joined()
        }
        var lines = [row("family", schemes.map(\.id))]
        let cases = schemes.map { Catalogue.allCases(for: $0) }
        for family in families {
            lines.append(row(family, cases.map { list in String(list.count { $0.family == family }) }))
        }
        lines.append(row("all", cases.map { String($0.count) }))
        return lines.joined(separator: "\n")
    }
}

internal import Arguments
internal import Bytes
internal import Catalogue
internal import Reference
internal import ReportModel
internal import Schemes

/// `countersign list`: the cases.
enum ListCommand {
    static let spec = CommandSpec(
        "list", abstract: "Lists the cases: level in a scheme, severity, id, and what a sound endpoint does.",
        options: [
            SharedOptions.scheme,
            OptionSpec("only", value: "glob", help: "List these cases only.", isRepeating: true),
            OptionSpec(
                flag: "coverage",
                help: "List the entries of the flaw catalogue, with their cases and flaws, of one scheme or all."),
            OptionSpec(flag: "counts", help: "Count the cases by family and scheme."),
        ])

    static func run(_ parsed: ParsedCommand) throws -> Int32 {
        if parsed.flag("coverage") {
            let scheme = parsed.isGiven("scheme") ? try SchemeInput.scheme(parsed) : nil
            let flaws = FlawRegistry.all.filter { flaw in scheme.map(flaw.applies) ?? true }
                .flatMap { flaw in flaw.covers.map { (entry: $0, flaw: flaw.id) } }
            Console.out(Coverage.text(Coverage.table(for: scheme, flaws: flaws)))
            return 0
        }
        if parsed.flag("counts") {
            Console.out(counts())
            return 0
        }
        let scheme = parsed.isGiven("scheme") ? try SchemeInput.scheme(parsed) : nil
        let globs = parsed.values("only").map(CaseGlob.init)
        let all = scheme.map { Catalogue.descriptions(for: $0) } ?? Catalogue.descriptions
        let cases = all.filter { kase in globs.isEmpty || globs.contains { $0.matches(kase.id) } }
        if cases.isEmpty {
            throw parsed.error("No case matches '\(printable(parsed.values("only").joined(separator: "' or '")))'.")
        }
        let width = cases.map { $0.id.utf8.count }.max() ?? 0
        for kase in cases {
            let level = scheme.map { kase.level(in: $0) } ?? kase.ceiling
            Console.out(
                level.rawValue.padded(to: 8) + kase.severity.rawValue.padded(to: 10) + kase.id.padded(to: width + 2)
                    + kase.title)
        }
        Console.out("\(cases.count) cases" + (scheme.map { " apply to \($0.id)" } ?? ""))
        return 0
    }

    /// The count table: families down, schemes across.
    private static func counts() -> String {
        let schemes = SchemeLibrary.all
        let families = Catalogue.descriptions.reduce(into: [String]()) { names, kase in
            if !names.contains(kase.family) { names.append(kase.family) }
        }
        let columns = schemes.map { max($0.id.utf8.count, 4) + 2 }
        func row(_ name: String, _ numbers: [String]) -> String {
            name.padded(to: 14)
                + zip(numbers, columns).map { number, width in
                    String(repeating: " ", count: max(0, width - number.utf8.count)) + number
                }.joined()
        }
        var lines = [row("family", schemes.map(\.id))]
        let cases = schemes.map { Catalogue.descriptions(for: $0) }
        for family in families {
            lines.append(row(family, cases.map { list in String(list.count { $0.family == family }) }))
        }
        lines.append(row("all", cases.map { String($0.count) }))
        return lines.joined(separator: "\n")
    }
}

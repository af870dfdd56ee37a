internal import Bytes
internal import ReportModel
internal import Reporting

extension Refusal {
    /// Why the certificate is refused and what to do, in words.
    package var words: String {
        switch self {
        case .malformed(let reason): "the file is not as 'certify' wrote it: \(reason)"
        case .wrongSignature(let statement):
            "statement \(statement) is not signed with this key: it was changed, or is of another issuer"
        case .mismatch(let reason): "the statements are not those of one certificate: \(reason)"
        case .notPassed: "it says that something failed"
        case .expired(let day): "its last day was \(day.text)"
        case .notYetValid(let day): "its first day is \(day.text)"
        case .foreignSet(let said, let expected):
            "it is of set \(said.version) of the requirements, with the digest \(said.digest), and expected is "
                + "\(expected); a set that you trust is named with --requirements"
        case .unexpected(let what, let said, let expected): "its \(what) is '\(said)', and expected is '\(expected)'"
        }
    }
}

extension Certificate {
    /// What the certificate says, a line each: names and values.
    package var facts: [(name: String, value: String)] {
        [
            ("subject", subject.text), ("endpoint", target), ("scheme", "\(scheme) (\(payload))"),
            (
                "requirements",
                "set \(requirements.version), \(counted(requirements.count, "case")), sha256 \(requirements.digest)"
            ),
            ("passed", String(passed.count)), ("not asked", String(skipped.count)), ("waived", "none"),
            ("window", window), ("issued", issued.text), ("valid until", validUntil.text),
            ("tool", "countersign \(toolVersion)"), ("report", "sha256 \(reportDigest)"),
        ]
    }

    private var window: String {
        guard let window = measurements["window"], window != .null else { return "not measured" }
        let past = window["past"]?.integer.map { "−\($0) s" } ?? "no limit"
        let future = window["future"]?.integer.map { "+\($0) s" } ?? "no limit"
        return "accepts \(past) … \(future)"
    }

    private static let scope = """
        On the day of issue the endpoint was sent each case of the set beside a valid request, and decided as the \
        scheme's document demands. Nothing is said of other paths, other secrets, of the code that runs there later, \
        and of the cases that are listed as not asked.
        """

    /// The certificate as text for a terminal.
    package var text: String {
        let lines = facts.map { printable("\($0.name.padded(to: 14))\($0.value)") }
        return (lines + [""] + TextWrapping.lines(Self.scope, width: 100)).joined(separator: "\n")
    }

    /// The certificate as a page for people.
    ///
    /// - Parameter keyID: the name of the key that signed it.
    package func page(keyID: String) -> [UInt8] {
        let rows: [HTMLNode] = (facts + [("signed with", keyID)]).map { fact in
            .element(
                "tr", [], .element("th", [.init("scope", "row")], .text(fact.name)),
                .element("td", [], .element("code", [], .text(fact.value))))
        }
        let header: HTMLNode = .element(
            "header", [], .element("h1", [], .text("\(subject.name) meets the requirements of \(scheme)")),
            .element("p", [], .text(Self.scope)))
        var body: [HTMLNode] = [header]
        body.append(.element("section", [], .element("div", class: "scroll", [], .element("table", of: rows))))
        if !skipped.isEmpty {
            let items = skipped.map { skip -> HTMLNode in
                .element("li", [], .element("code", [], .text(skip.id)), .text(": \(skip.reason)"))
            }
            body.append(section("Not asked (\(skipped.count))", of: items))
        }
        let passes = passed.map { id -> HTMLNode in .element("li", [], .element("code", [], .text(id))) }
        body.append(section("Passed (\(passed.count))", of: passes))
        return HTMLPage(title: "Certificate: \(subject.name), \(scheme)", body: [.element("main", of: body)]).bytes
    }

    private func section(_ title: String, of items: [HTMLNode]) -> HTMLNode {
        .element(
            "section", [], .element("h2", [], .text(title)),
            .element("details", [.init("open", "")], .element("summary", [], "the cases"), .element("ul", of: items)))
    }
}

internal import Bytes
internal import ReportModel

/// A curl command that sends a recorded request again, as far as it was recorded.
struct CurlLine {
    /// The command.
    let text: String
    /// The variables that must be set first: what the report has no place for, such as the signature.
    let variables: [String]

    /// The longest body that is an argument.
    private static let longestBody = 4096

    /// Creates the command; `nil` when the record has only a part of the request, or no curl command sends it.
    ///
    /// - Parameters:
    ///   - record: the recorded request.
    ///   - target: the URL of the target.
    init?(_ record: RunRecord.Record, target: String) {
        let recorded = RecordedBytes(record.request)
        let (head, body) = recorded.parts
        guard recorded.rest == nil, let request = head.first, body.count <= Self.longestBody,
            let base = Self.base(of: target)
        else { return nil }
        let words = request.split(separator: 0x20, omittingEmptySubsequences: false)
        guard words.count == 3, let method = ShellText.plain(Array(words[0])),
            let path = ShellText.plain(Array(words[1]))
        else { return nil }
        var variables = [String]()
        var parts = [
            "curl -sS -i --globoff --path-as-is -X \(ShellText.quoted(method)) \(ShellText.quoted(base + path))"
        ]
        for line in head.dropFirst() {
            guard let text = ShellText.plain(line), let colon = text.firstIndex(of: ":") else { return nil }
            let name = text[..<colon].lowercased()
            // curl writes these itself, from the URL and the body.
            if name == "host" || name == "content-length" { continue }
            guard name != "transfer-encoding" else { return nil }
            parts.append("-H \(Self.quoted(text, &variables))")
        }
        guard !body.isEmpty else {
            self.text = parts.joined(separator: " \\\n  ")
            self.variables = variables
            return
        }
        let plain = body.first == UInt8(ascii: "@") ? nil : ShellText.plain(body)
        parts.append("--data-binary \(plain.map(ShellText.quoted) ?? "@-")")
        let command = parts.joined(separator: " \\\n  ")
        self.text = plain == nil ? "\(ShellText.printf(body)) |\n  \(command)" : command
        self.variables = variables
    }

    /// The URL without its path.
    private static func base(of target: String) -> String? {
        guard let scheme = target.firstRange(of: "://")?.upperBound, ShellText.plain(Array(target.utf8)) != nil else {
            return nil
        }
        return String(target[..<scheme] + target[scheme...].prefix { $0 != "/" && $0 != "?" })
    }

    /// Quotes a header line, in which a name in brackets takes the place of a secret: a variable takes its place.
    private static func quoted(_ text: String, _ variables: inout [String]) -> String {
        var out = ""
        var rest = text[...]
        while let mark = rest.firstRange(of: /\[[a-z][a-z0-9-]*\]/) {
            let name = rest[mark].dropFirst().dropLast().uppercased().replacing("-", with: "_")
            if !variables.contains(name) { variables.append(name) }
            out += ShellText.quoted(String(rest[..<mark.lowerBound])) + "\"${\(name):?}\""
            rest = rest[mark.upperBound...]
        }
        return out + (rest.isEmpty ? "" : ShellText.quoted(String(rest)))
    }
}

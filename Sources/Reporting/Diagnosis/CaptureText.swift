internal import Bytes
package import ReportModel

/// What `diagnose` prints. It contains neither the secret, the signature nor the body, so it can be pasted anywhere.
package enum CaptureText {
    /// Writes a diagnosis as lines for people.
    package static func text(_ diagnosis: CaptureDiagnosis, width: Int) -> String {
        var lines = [String]()
        func add(_ text: String, indent: Int = 0) {
            lines += TextWrapping.lines(printable(text), width: width, indent: indent)
        }
        for mistake in diagnosis.mistakes { add("SECRET  \(mistake.words)") }
        if let first = diagnosis.recipes.first {
            if first.isEmpty {
                add("VALID  The signature is the documented one for these bytes under this secret.")
            } else {
                add("FOUND  The signature was made with \(Self.list(first.map(\.actual))).")
                add("The document says \(Self.list(first.map(\.documented))).", indent: 7)
                if first.contains(where: { $0.aspect == .body }) { writeAdvice(to: &lines, width) }
            }
            for other in diagnosis.recipes.dropFirst() where !first.isEmpty {
                add("or: \(Self.list(other.map(\.actual)))", indent: 7)
            }
        } else {
            add("NOT FOUND  No recipe fits.")
        }
        for fact in diagnosis.facts { add("- \(fact.words)") }
        add("\(diagnosis.scheme): \(counted(diagnosis.tried, "recipe")) tried.")
        return lines.joined(separator: "\n")
    }

    private static func list(_ parts: [String]) -> String { parts.joined(separator: ", and ") }

    private static func writeAdvice(to lines: inout [String], _ width: Int) {
        lines.append("       If your endpoint did this, verify the bytes as they arrive:")
        for line in RawBodyAdvice.lines {
            lines.append("         \(line.framework.padded(to: 9))\(TextWrapping.shortened(line.code, to: width - 18))")
        }
    }
}

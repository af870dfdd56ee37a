internal import Bytes

/// Text in GitHub's Markdown, of which nothing from outside becomes markup.
enum MarkdownText {
    /// Escapes text on a line, also in a cell of a table: no markup, no HTML, no mention of anybody, no link.
    static func escaped(_ text: String) -> String {
        var out = ""
        let text = printable(text).replacing("://", with: ":\u{0}//").replacing("www.", with: "www\u{0}.")
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            // A comment ends the word, so that neither a mention nor a link begins.
            case "@": out += "@<!-- -->"
            case "\0": out += "<!-- -->"
            case "\\", "`", "*", "_", "{", "}", "[", "]", "#", "|", "!", "~", "$": out += "\\\(scalar)"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// Returns text as code within a line: between more backticks than it has in a row.
    static func code(_ text: String) -> String {
        // A vertical line would end a cell of a table, even in code.
        let text = printable(text).replacing("|", with: "\u{2502}")
        let ticks = String(repeating: "`", count: longestRun(in: text) + 1)
        let gap = text.hasPrefix("`") || text.hasSuffix("`") || text.isEmpty ? " " : ""
        return ticks + gap + text + gap + ticks
    }

    /// Returns lines as a block of code, between more backticks than they have in a row.
    static func block(_ text: String, language: String = "") -> String {
        let lines = printableLines(text)
        let fence = String(repeating: "`", count: max(3, longestRun(in: lines) + 1))
        return "\(fence)\(language)\n\(lines)\n\(fence)"
    }

    private static func longestRun(in text: String) -> Int {
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}

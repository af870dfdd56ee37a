/// Escapes what a terminal or an editor would obey or hide, so that external text can be used in a message or a report.
///
/// Control characters (C0, DEL, C1), format characters such as the bidirectional overrides, line and paragraph
/// separators, and code points that are not characters become `\n`, `\r`, `\t` or `\u{1B}`. Everything else,
/// backslashes too, stays as it is.
package func printable(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\n": out += "\\n"
        case "\r": out += "\\r"
        case "\t": out += "\\t"
        default:
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse:
                out += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            default: out.unicodeScalars.append(scalar)
            }
        }
    }
    return out
}

/// Escapes the same in each line of a text, whose newlines are kept.
package func printableLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { printable(String($0)) }.joined(separator: "\n")
}

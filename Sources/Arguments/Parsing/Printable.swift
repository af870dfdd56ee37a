/// Escapes what a terminal would obey or hide, so that a word from outside can stand in a message.
///
/// Control characters (C0, DEL, C1), invisible format characters such as the bidirectional overrides, and line and
/// paragraph separators become `\n`, `\r`, `\t` or `\u{1B}`. Everything else, backslashes too, stays as it is.
public func printable(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\n": out += "\\n"
        case "\r": out += "\\r"
        case "\t": out += "\\t"
        default:
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                out += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            default: out.unicodeScalars.append(scalar)
            }
        }
    }
    return out
}

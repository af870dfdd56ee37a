internal import Bytes

/// Text for a POSIX shell.
package enum ShellText {
    /// Returns a word in single quotes.
    package static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// Returns the text of bytes that survive a terminal, an editor and a command's argument, and `nil` for any others:
    /// invalid UTF-8, control characters other than newlines, and invisible characters.
    package static func plain(_ bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        let isPlain = text.split(separator: "\n", omittingEmptySubsequences: false).allSatisfy {
            printable(String($0)).utf8.elementsEqual($0.utf8)
        }
        return isPlain && text.utf8.elementsEqual(bytes) ? text : nil
    }

    /// Returns a `printf` command that writes the bytes: `%s` where all are printable ASCII, and else `%b` with octal
    /// escapes, which every POSIX shell knows.
    package static func printf(_ bytes: [UInt8]) -> String {
        if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
            return "printf '%s' \(quoted(String(decoding: bytes, as: UTF8.self)))"
        }
        var escaped = [UInt8]()
        for byte in bytes {
            if byte >= 0x20, byte < 0x7F, !"\\'".utf8.contains(byte) {
                escaped.append(byte)
            } else {
                escaped += "\\0".utf8
                escaped += [byte >> 6, byte >> 3 & 7, byte & 7].map { UInt8(ascii: "0") + $0 }
            }
        }
        return "printf '%b' '\(String(decoding: escaped, as: UTF8.self))'"
    }
}

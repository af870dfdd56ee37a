/// Making text fit a width, counted in characters.
package enum TextWrapping {
    /// Returns the lines of a text, broken at spaces.
    ///
    /// Each line of the text is wrapped by itself; its leading spaces are repeated on each line made from it.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - width: the greatest length of a line, indentation included.
    ///   - indent: how many spaces to put at the start of each line.
    ///   - cutsWords: whether a word that is longer than a line is cut; otherwise its line is too long.
    package static func lines(_ text: String, width: Int, indent: Int = 0, cutsWords: Bool = false) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
            let margin = String(repeating: " ", count: indent + line.prefix { $0 == " " }.count)
            let room = cutsWords ? max(1, width - margin.count) : .max
            var lines = [String]()
            var current = ""
            for word in line.split(separator: " ").flatMap({ pieces(String($0), width: room) }) {
                if current.isEmpty {
                    current = margin + word
                } else if current.count + 1 + word.count <= width {
                    current += " " + word
                } else {
                    lines.append(current)
                    current = margin + word
                }
            }
            return lines + [current]
        }
    }

    /// Returns a text cut every so many characters; an empty text is one empty piece.
    package static func pieces(_ text: String, width: Int) -> [String] {
        guard width > 0, text.count > width else { return [text] }
        var pieces = [String]()
        var rest = text[...]
        while !rest.isEmpty {
            pieces.append(String(rest.prefix(width)))
            rest = rest.dropFirst(width)
        }
        return pieces
    }

    /// Returns a text without its middle when it is too long: mistakes hide at both ends of a header or a body.
    package static func shortened(_ text: String, to width: Int) -> String {
        guard text.count > width, width > 3 else { return text }
        let tail = (width - 1) / 3
        return text.prefix(width - 1 - tail) + "…" + text.suffix(tail)
    }
}

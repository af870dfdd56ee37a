/// Breaks text into lines at spaces.
enum Wrap {
    /// Wraps every line of a text by itself; its own leading spaces are kept on each line made from it.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - width: the greatest length of a line in characters, indentation included; a longer word is not cut.
    ///   - indent: how many spaces stand before each line.
    static func lines(_ text: String, width: Int, indent: Int = 0) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
            let margin = String(repeating: " ", count: indent + line.prefix { $0 == " " }.count)
            var lines = [String]()
            var current = ""
            for word in line.split(separator: " ") {
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
}

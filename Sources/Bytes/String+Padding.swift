extension String {
    /// Returns the text with spaces at its end, at least one, up to a width in characters.
    package func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}

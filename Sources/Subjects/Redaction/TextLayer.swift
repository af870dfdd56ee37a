/// The bytes of a text, or what they are once its escapes are decoded, and where in the text each of them comes from.
struct TextLayer {
    private(set) var bytes: [UInt8]
    /// For each byte, where its spelling begins, and after the last one where it ends; `nil` for the text itself.
    private var starts: [Int]?

    /// The text itself.
    init(_ text: [UInt8]) { bytes = text }

    private init(bytes: [UInt8], starts: [Int]) {
        self.bytes = bytes
        self.starts = starts
    }

    /// Where a range of the bytes comes from.
    func place(of range: Range<Int>) -> Range<Int> {
        guard let starts else { return range }
        // The bytes of one escape begin together.
        let end = starts[range.upperBound...].first { $0 > starts[range.upperBound - 1] } ?? starts[starts.count - 1]
        return starts[range.lowerBound]..<end
    }

    /// The layer below: percent escapes, backslash escapes and character references decoded; `nil` where there are none.
    var unescaped: TextLayer? {
        guard bytes.contains(where: { Escape.introducers.contains($0) }) else { return nil }
        var (decoded, starts) = ([UInt8](), [Int]())
        var place = 0
        while place < bytes.count {
            let escape = Escape(bytes[place...])
            let start = self.starts?[place] ?? place
            for byte in escape?.bytes ?? [bytes[place]] {
                decoded.append(byte)
                starts.append(start)
            }
            place += escape?.length ?? 1
        }
        guard decoded != bytes else { return nil }
        return TextLayer(bytes: decoded, starts: starts + [self.starts?[bytes.count] ?? bytes.count])
    }
}

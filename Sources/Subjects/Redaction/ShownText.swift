/// A text as its readers see it: an answer may be HTML, JSON or a query, each with its own way to write a character.
package enum ShownText {
    /// How deeply escapes may be nested, as in a URL in a string of JSON.
    private static let depth = 3

    /// Returns the readings of a text: as it is, and with its escapes resolved, layer by layer.
    package static func readings(of text: [UInt8]) -> [[UInt8]] {
        var layer = TextLayer(text)
        var readings = [layer.bytes]
        while readings.count <= depth, let next = layer.unescaped {
            layer = next
            readings.append(layer.bytes)
        }
        return readings
    }
}

/// Byte strings to be found in a text, whatever encoding hides them there: as they are, in hexadecimal, in Base64, and
/// each of these under escapes.
struct SecretSearch {
    /// Where something was found, and the name of what it is.
    typealias Place = (range: Range<Int>, name: String)

    private struct Needle {
        let bytes: [UInt8]
        let name: String
    }

    /// By their first four bytes.
    private var needles: [UInt32: [Needle]] = [:]
    /// A bit for each hash of first four bytes, because almost no place of a text begins like a needle.
    private var filter = [UInt64](repeating: 0, count: 1024)
    /// The length of the longest.
    private(set) var longest = 0

    /// Shorter ones appear everywhere by chance, and hiding them would reveal them.
    private static let shortest = 4
    /// How deeply escapes may be nested, as in a URL in a string of JSON.
    private static let depth = 3

    /// Adds a byte string.
    ///
    /// - Parameter name: the name of what it is.
    mutating func add(_ bytes: [UInt8], as name: String) {
        guard bytes.count >= Self.shortest else { return }
        let key = bytes.prefix(Self.shortest).reduce(0) { $0 << 8 | UInt32($1) }
        if needles[key]?.contains(where: { $0.bytes == bytes }) == true { return }
        needles[key, default: []].append(Needle(bytes: bytes, name: name))
        let (word, bit) = Self.hash(key)
        filter[word] |= bit
        longest = max(longest, bytes.count)
    }

    /// Where the byte strings are in a text, in order. Places that overlap are one, under the name of the first.
    func places(in text: [UInt8]) -> [Place] {
        guard !needles.isEmpty else { return [] }
        var found = [Place]()
        var layer = TextLayer(text)
        for _ in 0...Self.depth {
            searchPlain(layer, &found)
            searchHexadecimal(layer, &found)
            searchBase64(layer, &found)
            guard let next = layer.unescaped else { break }
            layer = next
        }
        found.sort { ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound) }
        return found.reduce(into: []) { places, place in
            guard let last = places.last, place.range.lowerBound < last.range.upperBound else {
                return places.append(place)
            }
            let end = max(last.range.upperBound, place.range.upperBound)
            places[places.count - 1].range = last.range.lowerBound..<end
        }
    }

    private static func hash(_ key: UInt32) -> (word: Int, bit: UInt64) {
        let hash = Int((key &* 0x9E37_79B1) >> 16)
        return (hash >> 6, 1 << UInt64(hash & 63))
    }

    /// Those that begin with four bytes.
    private func candidates(_ key: UInt32) -> [Needle] {
        let (word, bit) = Self.hash(key)
        return filter[word] & bit == 0 ? [] : needles[key] ?? []
    }

    private func searchPlain(_ layer: TextLayer, _ found: inout [Place]) {
        var key: UInt32 = 0
        for (last, byte) in layer.bytes.enumerated() {
            key = key << 8 | UInt32(byte)
            let start = last + 1 - Self.shortest
            guard start >= 0 else { continue }
            for needle in candidates(key) where layer.bytes[start...].starts(with: needle.bytes) {
                found.append((layer.place(of: start..<start + needle.bytes.count), needle.name))
            }
        }
    }

    // MARK: Encodings

    /// The characters of one encoding that follow each other, by value, and their places in a layer.
    private struct Run {
        var values = [UInt8]()
        var places = [Int]()

        mutating func append(_ value: UInt8, at place: Int) {
            values.append(value)
            places.append(place)
        }
    }

    /// Digits of either case, bare or with one separator between two: `6a:6B`.
    private func searchHexadecimal(_ layer: TextLayer, _ found: inout [Place]) {
        var run = Run()
        for (place, byte) in layer.bytes.enumerated() {
            guard let digit = Self.hexDigit(byte) else { continue }
            if let last = run.places.last, last < place - 1,
                last < place - 2 || !":- ".utf8.contains(layer.bytes[place - 1])
            {
                searchHexadecimal(run, layer, &found)
                run = Run()
            }
            run.append(digit, at: place)
        }
        searchHexadecimal(run, layer, &found)
    }

    private func searchHexadecimal(_ run: Run, _ layer: TextLayer, _ found: inout [Place]) {
        var key: UInt32 = 0
        for (last, digit) in run.values.enumerated() {
            key = key << 4 | UInt32(digit)
            let start = last + 1 - 2 * Self.shortest
            guard start >= 0 else { continue }
            for needle in candidates(key) {
                let end = start + 2 * needle.bytes.count
                let isThere =
                    end <= run.values.count
                    && needle.bytes.enumerated().allSatisfy { index, byte in
                        run.values[start + 2 * index] << 4 | run.values[start + 2 * index + 1] == byte
                    }
                if isThere {
                    found.append((layer.place(of: run.places[start]..<run.places[end - 1] + 1), needle.name))
                }
            }
        }
    }

    /// Characters of either alphabet, over line ends, from any byte of whatever else is encoded with it.
    private func searchBase64(_ layer: TextLayer, _ found: inout [Place]) {
        var run = Run()
        for (place, byte) in layer.bytes.enumerated() {
            if let value = Self.base64Value(byte) {
                run.append(value, at: place)
            } else if byte != 0x0A, byte != 0x0D {
                if run.values.count >= Self.shortestBase64 { searchBase64(run, layer, &found) }
                run = Run()
            }
        }
        searchBase64(run, layer, &found)
    }

    private static let shortestBase64 = 6

    private func searchBase64(_ run: Run, _ layer: TextLayer, _ found: inout [Place]) {
        var bits: UInt64 = 0
        for (last, value) in run.values.enumerated() {
            bits = bits << 6 | UInt64(value)
            let first = last + 1 - Self.shortestBase64
            guard first >= 0 else { continue }
            // A byte begins with the first, third or fifth bit of a character.
            for offset in [0, 2, 4] {
                for needle in candidates(UInt32(truncatingIfNeeded: bits >> UInt64(4 - offset))) {
                    let (start, end) = (6 * first + offset, 6 * first + offset + 8 * needle.bytes.count)
                    let isThere =
                        end <= 6 * run.values.count
                        && needle.bytes.enumerated().allSatisfy { Self.byte(run.values, start + 8 * $0) == $1 }
                    if isThere {
                        let range = run.places[start / 6]..<run.places[(end - 1) / 6] + 1
                        found.append((layer.place(of: range), needle.name))
                    }
                }
            }
        }
    }

    /// The byte at a bit of Base64 characters.
    private static func byte(_ values: [UInt8], _ bit: Int) -> UInt8 {
        let (character, offset) = bit.quotientAndRemainder(dividingBy: 6)
        return values[character] << UInt8(2 + offset) | values[character + 1] >> UInt8(4 - offset)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    private static func base64Value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5A: byte - 0x41
        case 0x61...0x7A: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}

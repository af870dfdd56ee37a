internal import Bytes
internal import ReportModel

/// Removes signatures from signed tokens, because anyone who holds a token can use it until it expires.
enum TokenSignatures {
    private static let mark = Array("[signature]".utf8)
    /// The start of the Base64 form of every JSON object.
    private static let start = Array("eyJ".utf8)

    /// Returns the bytes with the third part of each token replaced; header and claims stay because they explain a
    /// finding.
    static func removed(from text: [UInt8]) -> [UInt8] {
        var out = [UInt8]()
        var rest = text[...]
        while let place = ASCII.firstRange(of: start, in: Array(rest)) {
            out += rest.prefix(place.lowerBound)
            rest = rest.dropFirst(place.lowerBound)
            let parts = [part(of: &rest), part(of: &rest)]
            out += parts.joined()
            guard parts.allSatisfy({ $0.last == UInt8(ascii: ".") }) else { continue }
            let signature = rest.prefix(while: isCharacter)
            if !signature.isEmpty { out += mark }
            rest = rest.dropFirst(signature.count)
        }
        return out + rest
    }

    /// Takes a run of characters and the full stop after it, if there is one.
    private static func part(of rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var count = rest.prefix(while: isCharacter).count
        if rest.dropFirst(count).first == UInt8(ascii: ".") { count += 1 }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private static let isCharacter: @Sendable (UInt8) -> Bool = { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}

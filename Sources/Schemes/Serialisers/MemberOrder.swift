internal import Bytes

extension Serialiser {
    /// The order of an object's members after it was parsed into the language's own type.
    enum MemberOrder: Sendable, Hashable {
        /// As in the document, duplicates included: the text is indexed, not turned into a map.
        case document
        /// As in the document; of duplicates, the last value takes the first position.
        case distinct
        /// Keys that are array indices first, ascending; then as `distinct` (ECMA-262 §10.1.11).
        case indicesFirst
        /// By the bytes of the key, which is also the order of code points; of duplicates the last.
        case sorted

        func arranged(_ members: [JSON.Member]) -> [JSON.Member] {
            switch self {
            case .document: return members
            case .distinct: return Self.distinct(members)
            case .indicesFirst:
                let members = Self.distinct(members)
                let indexed = members.compactMap { member in Self.index(of: member.key).map { ($0, member) } }
                return indexed.sorted { $0.0 < $1.0 }.map(\.1) + members.filter { Self.index(of: $0.key) == nil }
            case .sorted:
                return Self.distinct(members).sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            }
        }

        private static func distinct(_ members: [JSON.Member]) -> [JSON.Member] {
            var result = [JSON.Member]()
            // Keyed by bytes: strings would compare by canonical equivalence, and merge "é" with "e\u{301}".
            var places = [[UInt8]: Int]()
            for member in members {
                let key = Array(member.key.utf8)
                if let place = places[key] {
                    result[place].value = member.value
                } else {
                    places[key] = result.count
                    result.append(member)
                }
            }
            return result
        }

        /// The array index that a key spells (0 to 2³² − 2, ECMA-262 §6.1.7), or `nil`.
        private static func index(of key: String) -> UInt32? {
            guard let index = UInt32(key), index < UInt32.max, String(index) == key else { return nil }
            return index
        }
    }
}

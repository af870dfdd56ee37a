internal import Bytes

/// The time of an event, as its body states it.
enum EventTime {
    private static let keys = ["timestamp", "ts", "event_time", "created", "createdAt"]

    /// Returns the time in Unix seconds, or `nil`.
    static func seconds(in body: JSON?) -> Int64? {
        keys.lazy.compactMap { body?[$0] }.compactMap(seconds).first
    }

    /// Reads `2026-05-17T12:00:00Z`, in UTC and to the second.
    static func iso(_ text: [UInt8]) -> Int64? {
        guard text.count >= 20, text.last == UInt8(ascii: "Z") else { return nil }
        let fields = [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19].map { Array(text[$0]) }
        let numbers = fields.compactMap { digits -> Int64? in
            digits.allSatisfy(ASCII.isDigit) ? digits.reduce(0) { $0 * 10 + Int64($1 & 0x0F) } : nil
        }
        guard numbers.count == fields.count, (1...12).contains(numbers[1]) else { return nil }
        let day = dayNumber(year: numbers[0], month: numbers[1], day: numbers[2])
        return day * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
    }

    private static func seconds(_ value: JSON) -> Int64? {
        switch value {
        case .number(let text): Int64(text)
        case .string(let text): iso(Array(text.utf8)) ?? Int64(text)
        default: nil
        }
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar, by Howard Hinnant's `days_from_civil`.
    private static func dayNumber(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let yearOfEra = shifted % 400
        return shifted / 400 * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

internal import Schemes

/// A day of the calendar, in UTC.
package struct CalendarDay: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01.
    private let number: Int64

    /// The day of a Unix time in seconds.
    package init(unixTime: Int64) {
        number = unixTime / 86_400 - (unixTime % 86_400 < 0 ? 1 : 0)
    }

    /// Reads a day such as `2027-01-31`; `nil` for any other text, and for a day that no calendar has.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard text.utf8.count == 10, parts.map(\.count) == [4, 2, 2],
            parts.joined().allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        let numbers = parts.map { $0.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) } }
        // The inverse of the era arithmetic of `ISOTime`: years begin in March.
        let (year, month) = numbers[1] > 2 ? (numbers[0], numbers[1] - 3) : (numbers[0] - 1, numbers[1] + 9)
        guard year >= 0, (0..<12).contains(month) else { return nil }
        number = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + numbers[2] - 1 - 719_468
        guard self.text == text else { return nil }
    }

    /// The day as text, such as `2027-01-31`.
    package var text: String { String(ISOTime.text(number * 86_400).prefix(10)) }

    /// Returns how many days later than another day this one is.
    package func days(after other: CalendarDay) -> Int64 { number - other.number }

    /// Returns the day a number of days later.
    package func adding(days: Int64) -> CalendarDay { CalendarDay(unixTime: (number + days) * 86_400) }

    /// Orders by time.
    package static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.number < right.number }
}

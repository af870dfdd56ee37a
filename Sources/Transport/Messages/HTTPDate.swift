internal import Bytes

/// Dates as HTTP writes them: `Sun, 06 Nov 1994 08:49:37 GMT` (IMF-fixdate, RFC 9110 §5.6.7).
package enum HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"].map { Array($0.utf8) }
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ].map { Array($0.utf8) }
    private static let secondsOfYears1To9999: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// Writes a moment, brought into the years 1 to 9999 that the form can say.
    ///
    /// - Parameter seconds: seconds since 1970-01-01T00:00:00Z.
    package static func format(_ seconds: Int64) -> [UInt8] {
        let moment = min(max(seconds, secondsOfYears1To9999.lowerBound), secondsOfYears1To9999.upperBound)
        let day = floorDivide(moment, 86400)
        let second = moment - day * 86400
        let date = civilDate(ofDay: day)
        var text = [UInt8]()
        text.reserveCapacity(29)
        text += days[Int(day - floorDivide(day, 7) * 7)]
        text += ", ".utf8
        append(date.day, digits: 2, to: &text)
        text.append(0x20)
        text += months[Int(date.month - 1)]
        text.append(0x20)
        append(date.year, digits: 4, to: &text)
        text.append(0x20)
        append(second / 3600, digits: 2, to: &text)
        text.append(0x3A)
        append(second / 60 % 60, digits: 2, to: &text)
        text.append(0x3A)
        append(second % 60, digits: 2, to: &text)
        text += " GMT".utf8
        return text
    }

    /// Reads a date strictly: exact spaces and case, the correct day of the week, no leap second.
    ///
    /// - Returns: seconds since 1970-01-01T00:00:00Z, or `nil` for any other text.
    package static func parse(_ bytes: [UInt8]) -> Int64? {
        guard bytes.count == 29, let month = months.firstIndex(of: Array(bytes[8..<11])),
            let day = number(bytes[5..<7]), let year = number(bytes[12..<16]), let hour = number(bytes[17..<19]),
            let minute = number(bytes[20..<22]), let second = number(bytes[23..<25]),
            year > 0, day > 0, hour < 24, minute < 60, second < 60
        else { return nil }
        let moment =
            dayNumber(year: year, month: Int64(month) + 1, day: day) * 86400 + hour * 3600 + minute * 60 + second
        // Writing it again settles everything else: separators, the day of the week, the 31st of February.
        return format(moment) == bytes ? moment : nil
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard digits.allSatisfy(ASCII.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 & 0x0F) }
    }

    /// Appends the last digits of a number that is not negative.
    private static func append(_ number: Int64, digits: Int, to text: inout [UInt8]) {
        if digits > 1 { append(number / 10, digits: digits - 1, to: &text) }
        text.append(0x30 + UInt8(number % 10))
    }

    private static func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
        number / divisor - (number % divisor < 0 ? 1 : 0)
    }

    // Years are counted from March, so that the leap day is the last of its year and 400 years have a fixed length.

    private static func dayNumber(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let era = floorDivide(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civilDate(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }
}

package import Bytes
internal import ReportModel
internal import Transport

/// The exchanges of a HAR file (version 1.2), as browsers, proxies and test tools write them.
package struct HARTraffic: Sendable {
    /// One exchange.
    package struct Entry: Sendable {
        /// The request.
        package let capture: Capture
        /// When it began, in Unix seconds.
        package let started: Double
        /// The status of the answer; `nil` when there was none.
        package let status: Int?
    }

    /// The exchanges, in the order of the file.
    package let entries: [Entry]

    /// Reads a HAR file. Its texts are characters: a body that was none has lost bytes, unless it is kept in base64.
    package init(_ root: JSON) throws(Capture.Problem) {
        guard let list = root[pointer: "/log/entries"]?.array else {
            throw Capture.Problem(reason: "it has no /log/entries, so it is no HAR file")
        }
        guard list.count <= Self.mostEntries else {
            throw Capture.Problem(reason: "it has more than \(Self.mostEntries) entries")
        }
        var entries = [Entry]()
        for (place, entry) in list.enumerated() {
            guard let request = entry["request"], request["method"]?.string != nil else {
                throw Capture.Problem(reason: "/log/entries/\(place) has no request with a method")
            }
            guard let text = entry["startedDateTime"]?.string, let started = InternetTime.seconds(text) else {
                throw Capture.Problem(
                    reason: "/log/entries/\(place)/startedDateTime is not a time such as 2026-01-31T12:00:00.000Z")
            }
            let status = entry[pointer: "/response/status"]?.integer ?? 0
            entries.append(
                Entry(
                    capture: JSONCapture.har(request), started: started,
                    status: (100...999).contains(status) ? status : nil))
        }
        self.entries = entries
    }

    private static let mostEntries = 10_000
}

/// Times as RFC 3339 writes them: `2026-01-31T12:00:00.123+01:00`.
enum InternetTime {
    /// Returns the time in Unix seconds, or `nil` for a text of another form.
    static func seconds(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
            let day = CalendarDay(String(decoding: bytes[..<10], as: UTF8.self)),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
            let second = number(bytes[17..<19]), hour < 24, minute < 60, second <= 60
        else { return nil }
        var rest = bytes[19...]
        var fraction = 0.0
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix(while: ASCII.isDigit)
            guard !digits.isEmpty, let value = Double("0." + String(decoding: digits, as: UTF8.self)) else {
                return nil
            }
            fraction = value
            rest = rest.dropFirst(1 + digits.count)
        }
        guard let offset = offset(rest) else { return nil }
        let days = day.days(after: CalendarDay(unixTime: 0))
        return Double(days * 86_400 + hour * 3600 + minute * 60 + second - offset) + fraction
    }

    /// A number of two digits.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard digits.allSatisfy(ASCII.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 & 0x0F) }
    }

    /// The seconds by which the local time is ahead.
    private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
        if text.elementsEqual("Z".utf8) || text.elementsEqual("z".utf8) { return 0 }
        let text = Array(text)
        guard text.count == 6, text[3] == UInt8(ascii: ":"), let hours = number(text[1..<3]),
            let minutes = number(text[4..<6]), hours < 24, minutes < 60
        else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return switch text[0] {
        case UInt8(ascii: "+"): seconds
        case UInt8(ascii: "-"): -seconds
        default: nil
        }
    }
}

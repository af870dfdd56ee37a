internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

/// Timestamps other than the Unix seconds that are sent.
enum TimestampSteps {
    /// Signed in place of the one that is sent.
    static let signed: [Step] =
        forms.map { form in
            step(form.id, form.actual, weight: form.weight, .timestamp { $0.seconds.map(form.text) })
        } + texts
        + shifts.map { shift in
            step(
                shift.id, "the timestamp \(shift.words)", weight: shift.weight,
                .timestamp { stamp in stamp.seconds.map { Array(String($0 + shift.seconds).utf8) } })
        } + members

    /// Sent and signed: an endpoint that reads another unit or by another clock.
    static let sent: [Step] =
        forms.map { form in
            step("sent-\(form.id)", "\(form.actual), sent and signed", weight: form.weight, .sentTimestamp(form.text))
        }
        + shifts.filter { abs($0.seconds) >= 1800 }.map { shift in
            step(
                "sent-\(shift.id)", "timestamps of a clock that is off: now \(shift.words)", weight: shift.weight,
                .sentTimestamp { Array(String($0 + shift.seconds).utf8) })
        }

    private struct Form: Sendable {
        let id: String
        let actual: String
        let weight: Int
        let text: @Sendable (Int64) -> [UInt8]
    }

    private static let forms: [Form] = [
        Form(id: "milliseconds", actual: "the timestamp in milliseconds", weight: 40) { Array("\($0)000".utf8) },
        Form(id: "iso", actual: "the timestamp as RFC 3339 text", weight: 24) { Array(ISOTime.text($0).utf8) },
        Form(id: "iso-milliseconds", actual: "the timestamp as toISOString() writes it", weight: 18) { seconds in
            Array((ISOTime.text(seconds).dropLast() + ".000Z").utf8)
        },
        Form(id: "iso-offset", actual: "the timestamp as RFC 3339 text with +00:00", weight: 12) { seconds in
            Array((ISOTime.text(seconds).dropLast() + "+00:00").utf8)
        },
        Form(id: "iso-naive", actual: "the timestamp as RFC 3339 text without a zone", weight: 10) { seconds in
            Array(ISOTime.text(seconds).dropLast().utf8)
        },
        Form(id: "http-date", actual: "the timestamp as an HTTP date", weight: 12) { HTTPDate.format($0) },
        Form(id: "decimal", actual: "the timestamp with a decimal point and a zero", weight: 24) {
            Array("\($0).0".utf8)
        },
        Form(id: "minutes", actual: "the timestamp cut to minutes", weight: 6) { Array(String($0 / 60 * 60).utf8) },
    ]

    private static let texts: [Step] = [
        ("empty", "nothing in place of the timestamp", "", 20), ("zero", "0 in place of the timestamp", "0", 8),
        ("undefined", "the text undefined in place of the timestamp", "undefined", 12),
        ("null", "the text null in place of the timestamp", "null", 8),
        ("none", "the text None in place of the timestamp", "None", 10),
        ("nan", "the text NaN in place of the timestamp", "NaN", 8),
    ].map { id, actual, text, weight in
        step(id, actual, weight: weight, .timestamp { $0.text.elementsEqual(text.utf8) ? nil : Array(text.utf8) })
    }

    private struct Shift: Sendable {
        let seconds: Int64
        let weight: Int

        var id: String { "\(seconds < 0 ? "minus" : "plus")-\(abs(seconds))" }

        /// Such as `+7 h` and `-5 h 30 min`.
        var words: String {
            let sign = seconds < 0 ? "-" : "+"
            let (hours, minutes, rest) = (abs(seconds) / 3600, abs(seconds) / 60 % 60, abs(seconds) % 60)
            let parts = [(hours, "h"), (minutes, "min"), (rest, "s")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
            return sign + parts.joined(separator: " ")
        }
    }

    /// The offsets of time zones, those with the most people first, and a second or two.
    private static let shifts: [Shift] =
        zones.enumerated().map { Shift(seconds: $1, weight: max(2, 17 - $0 / 2)) }
        + [1, -1, 2, -2].map { Shift(seconds: $0, weight: 9) }

    private static let zones: [Int64] =
        [1, 2, -5, -4, -8, -7, 8, 9, -6, 3, 7, -3, 10, 11, -1, -2, 4, 5, 6, -9, -10, 12, 13, -11, -12, 14]
        .map { $0 * 3600 } + [19_800, -19_800, 12_600, 34_200, 20_700, 16_200, -12_600]

    /// Where bodies repeat the time of an event.
    private static let members: [Step] = [
        "/timestamp", "/created", "/created_at", "/time", "/ts", "/event_time", "/createdAt", "/data/timestamp",
    ].map { pointer in
        step(
            "body\(pointer.replacing("/", with: "-"))", "the body's \(pointer) in place of the timestamp", weight: 10,
            .timestamp { stamp in
                switch stamp.json?[pointer: pointer] {
                case .string(let text): Array(text.utf8)
                case .number(let text): Array(text.utf8)
                default: nil
                }
            })
    }

    private static func step(_ id: String, _ actual: String, weight: Int, _ change: Step.Change) -> Step {
        Step(
            Deviation(.timestamp, id, actual: actual, documented: "the timestamp in seconds as it is sent"),
            weight: weight, change)
    }
}

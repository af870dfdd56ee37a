internal import Bytes
internal import ReportModel
internal import Schemes

/// Timestamps that are not plain decimal Unix seconds, each covered by the signature.
extension TimestampFamily {
    static let formats: [Case] = notNumbers + prefixes + spellings + dates

    /// Texts that become NaN or infinity, which no comparison considers too old.
    private static let notNumbers: [Case] = [
        ("empty", ""), ("abc", "abc"), ("nan", "NaN"), ("lower-case-nan", "nan"), ("infinity", "Infinity"),
        ("minus-infinity", "-Infinity"), ("inf", "inf"), ("null", "null"), ("undefined", "undefined"),
        ("none", "None"), ("true", "true"), ("object", "{}"), ("minus", "-"), ("full-stop", "."),
    ].map { name, text in
        Case(
            "timestamp/word-\(name)", .must, .timestamp, .medium, covers: ["E04"], cwe: [20, 697], needs: [.timestamp],
            changes: .signedTimestamp,
            "A correctly signed request with \(text.isEmpty ? "an empty timestamp" : "the timestamp \(text)") is "
                + "rejected.",
            why: "Such a text becomes NaN or infinity, which no comparison considers too old: the freshness check "
                + "fails open.",
            fix: "Accept digits only, and reject any other text before you compare.", expect: .rejected
        ) { $0.timestamp = Array(text.utf8) }
    }

    private struct Form {
        let name: String
        let title: String
        let text: @Sendable ([UInt8]) -> [UInt8]

        init(_ name: String, _ title: String, text: @escaping @Sendable ([UInt8]) -> [UInt8]) {
            self.name = name
            self.title = title
            self.text = text
        }
    }

    /// What parsers that stop at the first invalid character, or that read floats, accept as the current time.
    private static let prefixes: [Case] = [
        Form("letters", "trailing letters") { $0 + Array("abc".utf8) },
        Form("fraction", "a fraction") { $0 + Array(".9".utf8) },
        Form("point-zero", "the fraction .0") { $0 + Array(".0".utf8) },
        Form("point", "a trailing full stop") { $0 + Array(".".utf8) },
        Form("exponent", "an exponent") { $0 + Array("e0".utf8) },
        Form("large-exponent", "the exponent 3") { $0 + Array("e3".utf8) },
        Form("semicolon", "a semicolon and more text after it") { $0 + Array(";0".utf8) },
        Form("second-number", "another number after it") { $0 + Array(" 0".utf8) },
        Form("letter-n", "the letter n after it") { $0 + Array("n".utf8) },
        Form("letter-l", "the letter L after it") { $0 + Array("L".utf8) },
        Form("hexadecimal", "a 0x prefix, in hexadecimal") {
            Array("0x".utf8) + Array(String(ASCII.decimal($0) ?? 0, radix: 16).utf8)
        },
        Form("quotes", "quotes around it") { [0x22] + $0 + [0x22] },
        Form("brackets", "brackets around it") { [0x5B] + $0 + [0x5D] },
    ].map { form in
        Case(
            "timestamp/with-\(form.name)", .should, .timestamp, .low, covers: ["E05"], cwe: [1286], needs: [.timestamp],
            changes: .signedTimestamp, "A correctly signed request whose timestamp has \(form.title) is rejected.",
            why:
                "A parser that stops at the first invalid character gives one moment several spellings, which "
                + "helps an attacker move bytes between the timestamp and the body.",
            fix: "Accept nothing but digits, from the first character to the last.", expect: .rejected
        ) { $0.timestamp = form.text($0.timestamp) }
    }

    /// The same number in another spelling. Signed, it harms nobody, so these cases are only worth knowing; a crash is
    /// still a failure.
    private static let spellings: [Case] = [
        Form("plus-sign", "a plus sign") { Array("+".utf8) + $0 },
        Form("leading-space", "a leading space") { [0x20] + $0 },
        Form("leading-tab", "a leading tab") { [0x09] + $0 },
        Form("trailing-space", "a trailing space") { $0 + [0x20] },
        Form("leading-zero", "a leading zero") { Array("0".utf8) + $0 },
        Form("leading-zeros", "a hundred leading zeros") { [UInt8](repeating: 0x30, count: 100) + $0 },
        Form("underscore", "an underscore") { $0.prefix(1) + [0x5F] + $0.dropFirst() },
        Form("apostrophe", "an apostrophe between its digits") { $0.prefix(1) + [0x27] + $0.dropFirst() },
        Form("inner-space", "a space between its digits") { $0.prefix(1) + [0x20] + $0.dropFirst() },
        Form("no-break-space", "a leading no-break space") { [0xC2, 0xA0] + $0 },
        Form("latin-1-no-break-space", "a leading byte A0") { [0xA0] + $0 },
        Form("next-line", "a trailing byte 85") { $0 + [0x85] },
        Form("zero-width-space", "a leading zero-width space") { [0xE2, 0x80, 0x8B] + $0 },
        Form("byte-order-mark", "a leading byte order mark") { [0xEF, 0xBB, 0xBF] + $0 },
        Form("arabic-digits", "Arabic-Indic digits") { $0.flatMap { [0xD9, 0xA0 + ($0 & 0x0F)] } },
        Form("full-width-digits", "full-width digits") { $0.flatMap { [0xEF, 0xBC, 0x90 + ($0 & 0x0F)] } },
        Form("superscript-digit", "a trailing superscript two") { $0 + [0xC2, 0xB2] },
    ].map { form in
        Case(
            "timestamp/with-\(form.name)", .may, .timestamp, .info, covers: ["E06"], cwe: [1286], needs: [.timestamp],
            changes: .signedTimestamp, "A correctly signed request whose timestamp has \(form.title) is rejected.",
            why: "Number parsers are more lenient than documents. Two spellings of one moment are two requests to a "
                + "replay store but one to a clock, and a parser that throws is a crash.",
            fix: "Accept ASCII digits 0 to 9 only, and catch the parser's errors.", expect: .rejected
        ) { $0.timestamp = form.text($0.timestamp) }
    }

    private struct DateFormat {
        let name: String
        let title: String
        let needs: [Requirement]
        let text: @Sendable (Int64) -> String

        init(
            _ name: String, _ title: String, needs: [Requirement] = [], text: @escaping @Sendable (Int64) -> String
        ) {
            self.name = name
            self.title = title
            self.needs = needs
            self.text = text
        }
    }

    /// The current time in the formats of other schemes.
    private static let dates: [Case] = [
        DateFormat("iso-8601", "an ISO 8601 time") { ISOTime.text($0) },
        DateFormat("iso-8601-offset", "an ISO 8601 time with an offset") { ISOTime.text($0).dropLast() + "+00:00" },
        DateFormat("iso-8601-basic", "a basic ISO 8601 time") { time in
            String(ISOTime.text(time).filter { $0 != "-" && $0 != ":" })
        },
        DateFormat("iso-8601-date", "an ISO 8601 date") { String(ISOTime.text($0).prefix(10)) },
        // In a field, the comma would end the timestamp.
        DateFormat("http-date", "an HTTP date", needs: [.timestampHeader], text: httpDate),
    ].map { format in
        Case(
            "timestamp/\(format.name)", .should, .timestamp, .low, covers: ["E12"], cwe: [436],
            needs: [.timestamp] + format.needs,
            changes: .signedTimestamp, "A correctly signed request with \(format.title) as its timestamp is rejected.",
            why:
                "If sender and endpoint read dates differently, they disagree about freshness; a year read as a "
                + "number is in 1970.",
            fix: "Accept Unix seconds in digits only.", expect: .rejected
        ) { $0.timestamp = Array(format.text($0.context.now).utf8) }
    }

    /// The form of RFC 9110 §5.6.7.
    private static let httpDate: @Sendable (Int64) -> String = { seconds in
        let fields = ISOTime.text(seconds).split { "-T:Z".contains($0) }.map(String.init)
        guard fields.count == 6, let month = Int(fields[1]) else { return "" }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let day = days[Int((seconds / 86_400 % 7 + 7) % 7)]
        return "\(day), \(fields[2]) \(months[month - 1]) \(fields[0]) \(fields[3]):\(fields[4]):\(fields[5]) GMT"
    }
}

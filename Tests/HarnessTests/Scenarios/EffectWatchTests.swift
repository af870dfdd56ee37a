import Bytes
import Catalogue
import Foundation
import Platform
import ReportModel
import Subjects
import Synchronization
import Testing
import Transport

@testable import Harness

/// What is made of the words of an observer, which may be anything.
@Suite("The reading of an observer", .timeLimit(.minutes(2)))
struct EffectWatchTests {
    enum Reading: Equatable, Sendable {
        case counts(Int)
        case cannotTell(Obstacle)

        static func cannotTell(_ words: String) -> Reading { .cannotTell(Obstacle(words)) }
    }

    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// What the observer shows before, after the control, and after the requests.
        let shows: [String]
        let reading: Reading

        init(_ what: String, _ shows: String..., reading: Reading) {
            testDescription = what
            self.shows = shows
            self.reading = reading
        }
    }

    private static let noNumber = Reading.cannotTell("the observer gave no whole number")
    private static let neither = Reading.cannotTell("the observer gave neither a number nor a list")
    private static let nothing = Reading.cannotTell("the observer's answer has nothing at '/seen'")
    private static let wentDown = Reading.cannotTell("the observer's count went down")

    /// Under `/seen` of the answer of an address. The control is `control`, the two requests are `first` and `other`.
    static let answers = [
        Example("a number", "0", "1", "3", reading: .counts(2)),
        Example(
            "a number near the greatest", "9223372036854775805", "9223372036854775806", "9223372036854775807",
            reading: .counts(1)),
        Example(
            "a number from the greatest to nothing", "9223372036854775806", "9223372036854775807", "0",
            reading: wentDown),
        Example("a number that goes down", "5", "6", "4", reading: wentDown),
        Example("minus nothing", "-0", "1", "2", reading: .counts(1)),
        Example("a negative number", "-1", reading: noNumber),
        Example("a fraction", "1.5", reading: noNumber),
        Example("a fraction that is whole", "1.0", reading: noNumber),
        Example("a number with an exponent", "1e3", reading: noNumber),
        Example("a number that nothing holds", "18446744073709551616", reading: noNumber),
        Example("a number of four hundred digits", String(repeating: "9", count: 400), reading: noNumber),
        Example("a number at first, then a fraction", "1", "2", "2.5", reading: noNumber),
        Example("a text", #""7""#, reading: neither),
        Example("true", "true", reading: neither),
        Example("null", "null", reading: neither),
        Example("an object", #"{"count":7}"#, reading: neither),
        Example("no list", "", reading: nothing),
        Example("half a list", "[1,", reading: nothing),
        Example("what nests without end", String(repeating: "[", count: 200_000), reading: nothing),
        Example(
            "the ids of these requests", "[]", #"["control"]"#, #"["control","first","other"]"#,
            reading: .counts(2)),
        Example(
            "ids of somebody else among them", #"["x"]"#, #"["x","control","y"]"#, #"["x","first","z","y","x"]"#,
            reading: .counts(1)),
        Example("an id that comes twice", "[]", #"["control"]"#, #"["control","first","first"]"#, reading: .counts(2)),
        Example("deliveries without an id", "[]", #"["control"]"#, #"["control","","first"]"#, reading: .counts(2)),
        Example("numbers in the place of ids", "[1]", #"[1,"control"]"#, "[1,2,3]", reading: .counts(2)),
        Example("an id in another case", "[]", #"["control"]"#, #"["control","FIRST","first "]"#, reading: .counts(0)),
        Example("a list that gets shorter", #"["first"]"#, #"["first","control"]"#, "[]", reading: wentDown),
    ]

    @Test("from an address", arguments: answers)
    func address(example: Example) throws {
        let page = Page(example.shows.map { Array("{\"seen\":\($0)}".utf8) })
        #expect(try Self.read(.channel(page.subject, pointer: "/seen"), page) == example.reading)
    }

    /// What a command prints is JSON, or else an id a line.
    static let prints = [
        Example("a number", "0\n", "1\n", " 3 \n\n", reading: .counts(2)),
        Example("a negative number", "-1\n", reading: noNumber),
        Example("an object", "{}\n", reading: neither),
        Example("lines", "", "control\n", "control\nfirst\nother\n", reading: .counts(2)),
        Example("lines without an end", "", "control", "control\n\n\nfirst", reading: .counts(1)),
        Example(
            "lines that are no text", "\u{0}\u{7F}\u{FFFD}", "control\n\u{0}", "first\n\u{0}first\n",
            reading: .counts(1)),
        Example(
            "a mebibyte", String(repeating: "x", count: 1 << 20), String(repeating: "x\n", count: 10) + "control",
            "control\nfirst", reading: .counts(1)),
        Example(
            "more than a mebibyte", String(repeating: "x", count: (1 << 20) + 1),
            reading: .cannotTell("the observer's command gave nothing: it printed more than a mebibyte")),
    ]

    @Test("from a command", arguments: prints)
    func command(example: Example) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("countersign-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let page = Page(example.shows.map { Array($0.utf8) }, file: file)
        #expect(try Self.read(.command("cat '\(file.path)'"), page) == example.reading)
    }

    @Test("of any bytes from an address ends in a count or a reason")
    func anyAnswer() throws {
        let page = Page([[]])
        let source = ObserverSource.channel(page.subject, pointer: "/seen")
        var generator = SeededGenerator(seed: 4)
        let pieces = [#"{"seen":"#, "[", "]", "}", "{", ",", "7", "-", ".", "e", "\"", "\\u", "null", " ", "\n"]
        for round in 0..<400 {
            var bytes = [UInt8]()
            for _ in 0..<Int.random(in: 0...12, using: &generator) {
                if Bool.random(using: &generator) {
                    bytes.append(UInt8.random(in: 0...255, using: &generator))
                } else {
                    bytes += Array((pieces.randomElement(using: &generator) ?? "").utf8)
                }
            }
            // What is no object has no member, whatever else it is: this holds without parsing anything.
            if bytes.first == UInt8(ascii: "{") { bytes.insert(UInt8(ascii: "x"), at: 0) }
            page.show([bytes])
            #expect(try Self.read(source, page) == Self.nothing, "round \(round): \(bytes)")
        }
    }

    @Test("of any lines from a command finds the ids among them")
    func anyPrint() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("countersign-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        var generator = SeededGenerator(seed: 5)
        for round in 0..<30 {
            let junk = (0..<Int.random(in: 0...2000, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            // A letter in front makes it no JSON; a line end behind it keeps its last line apart from the ids.
            let lines = [UInt8(ascii: "x")] + junk + [0x0A]
            let page = Page(
                [lines, lines + Array("control\n".utf8), Array("first\n".utf8) + lines + Array("other".utf8)],
                file: file)
            #expect(try Self.read(.command("cat '\(file.path)'"), page) == .counts(2), "round \(round): \(lines)")
        }
    }

    @Test("of a list longer than a target's answer may be is whole")
    func longList() throws {
        // Five mebibytes: an endpoint may show every event that it has seen.
        let others = String(repeating: "\"\(String(repeating: "x", count: 1021))\",", count: 5 << 10)
        let page = Page(
            ["\"a\"", "\"control\"", "\"control\",\"first\""].map { Array("{\"seen\":[\(others)\($0)]}".utf8) })
        let server = HTTPServer { _ in .answer(page.answer) }
        try server.start()
        defer { server.stop() }
        let channel = HTTPSideChannel(url: try TargetURL("http://127.0.0.1:\(server.port)/"))
        #expect(try Self.read(.channel(channel, pointer: "/seen"), page) == .counts(1))
    }

    @Test("of an address that fails names the observer", arguments: [404, 500, 302])
    func failing(status: Int) throws {
        let server = HTTPServer { _ in .answer(HTTPResponse(status: status)) }
        try server.start()
        let channel = HTTPSideChannel(url: try TargetURL("http://127.0.0.1:\(server.port)/"))
        let source = ObserverSource.channel(channel, pointer: "")
        #expect(
            try Self.read(source, Page([[]])) == .cannotTell("the observer answered with status \(status)"))
        server.stop()
        guard case .cannotTell(let obstacle) = try Self.read(source, Page([[]])),
            case .doubt(.obstacle(let words)) = obstacle.kind
        else {
            Issue.record("an observer that is not there was read")
            return
        }
        #expect(words.hasPrefix("the observer gave no answer: "))
    }

    @Test("of a scheme without ids counts the entries of a list, whatever they are")
    func entries() throws {
        let page = Page([#"["x"]"#, #"["x",17]"#, #"["x",17,{"any":1},""]"#].map { Array("{\"seen\":\($0)}".utf8) })
        let source = ObserverSource.channel(page.subject, pointer: "/seen")
        #expect(try Self.read(source, page, hasIDs: false) == .counts(2))
    }

    @Test("that counts its own reads is an obstacle")
    func ownReads() throws {
        let reads = Mutex(0)
        let subject = InProcessSubject(path: "/") { _ in
            let count = reads.withLock { count in
                count += 1
                return count
            }
            return .answer(HTTPResponse(status: 200, body: Array("{\"seen\":\(count)}".utf8)))
        }
        #expect(
            try Self.read(.channel(subject, pointer: "/seen"), Page([[]]))
                == .cannotTell("the observer's count grows whenever it is read: it counts its own reads"))
    }

    /// Reads an observer as a case does: around a control, and then around two requests. What a page shows changes only
    /// when it is turned, so that waiting for it may take no time.
    private static func read(_ source: ObserverSource, _ page: Page, hasIDs: Bool = true) throws -> Reading {
        let watch = EffectWatch(
            source, Facilities(), RunClock(waiting: .skips), until: StopSignal(), hasIDs: hasIDs)
        do {
            let count = try watch.effects {
                page.turn()
                return [Array("control".utf8)]
            } of: {
                page.turn()
                // How many are waited for is another matter.
                return (ids: [Array("first".utf8), Array("other".utf8)], expected: 0)
            }
            return .counts(count)
        } catch let obstacle as Obstacle {
            return .cannotTell(obstacle)
        }
    }
}

/// What an observer shows, one after the other.
private final class Page: Sendable {
    private let shown: Mutex<[[UInt8]]>
    private let file: URL?

    /// - Parameter file: where it is written for a command to print; `nil` when it is served.
    init(_ shows: [[UInt8]], file: URL? = nil) {
        shown = Mutex(shows)
        self.file = file
        write()
    }

    func show(_ shows: [[UInt8]]) { shown.withLock { $0 = shows } }

    func turn() {
        shown.withLock { if $0.count > 1 { $0.removeFirst() } }
        write()
    }

    var answer: HTTPResponse { HTTPResponse(status: 200, body: shown.withLock { $0.first ?? [] }) }

    var subject: InProcessSubject { InProcessSubject(path: "/") { [self] _ in .answer(answer) } }

    private func write() {
        guard let file else { return }
        try? Data(shown.withLock { $0.first ?? [] }).write(to: file)
    }
}

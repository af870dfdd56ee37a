import Arguments
import Testing

@Suite("Typed values")
struct TypedValueTests {
    private static func parsed(_ arguments: String...) throws -> ParsedCommand {
        try Parser.parse(["run", "--scheme", "s"] + arguments, root: Fixture.root)
    }

    @Test("reads whole numbers in a range", arguments: [("1", 1), ("64", 64), ("10", 10), ("-1", -1), ("0", 0)])
    func integer(text: String, value: Int) throws {
        #expect(try Self.parsed("--jobs=\(text)")[Fixture.jobs] == value)
    }

    @Test(
        "refuses other numbers",
        arguments: ["", "-2", "65", "+5", "05", "5 ", "1e1", "0x5", "٣", "-0", "99999999999999999999", "5.0"])
    func integerRefuses(text: String) throws {
        let error = #expect(throws: UsageError.self) { try Self.parsed("--jobs=\(text)") }
        #expect(
            error?.message
                == "The value '\(text)' is invalid for '--jobs <n>'. Please provide a whole number between -1 and 64.")
        #expect(error?.help == "--jobs <n>  How many cases run at once.")
    }

    @Test("states the minimum when there is no maximum")
    func openRange() throws {
        let form = ValueForm<Int>.integer(in: 1...Int.max)
        #expect(try form.read("9223372036854775807") == Int.max)
        let error = #expect(throws: InvalidValue.self) { try form.read("0") }
        #expect(error?.advice == "Please provide a whole number of at least 1.")
    }

    @Test(
        "reads seconds exactly",
        arguments: [
            ("2", .seconds(2)), ("0.5", .milliseconds(500)), ("0.050000001", .nanoseconds(50_000_001)),
            ("60.0", .seconds(60)), ("1.25", .milliseconds(1250)),
        ] as [(String, Duration)])
    func seconds(text: String, value: Duration) throws {
        #expect(try Self.parsed("--timeout", text)[Fixture.timeout] == value)
    }

    @Test(
        "refuses other lengths of time",
        arguments: [
            "", "0", "61", ".5", "5.", "1.2.3", "+1", "01", "1e1", "inf", "nan", "0x1p3", "5s", "0.0500000001", "-1",
            "1,5", "99999999999999999999", "9000000000000000000",
        ])
    func secondsRefuses(text: String) throws {
        let error = #expect(throws: UsageError.self) { try Self.parsed("--timeout=\(text)") }
        #expect(error?.message.hasSuffix("Please provide a number of seconds between 0.05 and 60.") == true)
    }

    @Test("reads a choice, and lists the cases for another text")
    func choice() throws {
        #expect(try Self.parsed("--level", "all")[Fixture.level] == .all)
        let error = #expect(throws: UsageError.self) { try Self.parsed("--level", "ALL") }
        #expect(
            error?.message
                == "The value 'ALL' is invalid for '--level <level>'. Please provide one of 'must', 'should' or 'all'."
        )
    }

    @Test("returns the default, nil, an empty list or false for what is not given")
    func absent() throws {
        let parsed = try Self.parsed()
        #expect(try parsed[Fixture.jobs] == nil)
        #expect(try parsed[Fixture.timeout] == .seconds(5))
        #expect(try parsed[Fixture.level] == .should)
        #expect(try parsed[Fixture.only] == [])
        #expect(try parsed[Fixture.quiet] == false)
        #expect(try parsed[Fixture.url] == "http://127.0.0.1")
    }

    @Test("does not repeat a possible secret")
    func unshown() throws {
        let error = #expect(throws: UsageError.self) { try Fixture.parse("later --token hunter2") }
        #expect(error?.message == "The value is invalid for '--token <source>'. Write env:NAME.")
        #expect(error?.description.contains("hunter2") == false)
    }
}

@Suite("Completing a command")
struct CompletingTests {
    private static func option(_ name: String, of parsed: ParsedCommand) throws -> OptionSpec {
        try #require(parsed.spec.option(long: name))
    }

    @Test("takes missing values from elsewhere")
    func fills() throws {
        var parsed = try Fixture.parse("later --only a --jobs 3")
        let taken = try (
            parsed.fill(Self.option("scheme", of: parsed), with: ["s"]),
            parsed.fill(Self.option("jobs", of: parsed), with: ["4"]),
            parsed.fill(Self.option("only", of: parsed), with: ["b", "c"]),
            parsed.fill(Self.option("quiet", of: parsed), with: [""])
        )
        #expect(taken == (true, false, false, true))
        #expect(try parsed[Fixture.scheme] == "s")
        #expect(try parsed[Fixture.jobs] == 3)
        #expect(try parsed[Fixture.only] == ["a"])
        #expect(try parsed[Fixture.quiet])
    }

    @Test("checks required options only at the end, and values at once")
    func insists() throws {
        var parsed = try Fixture.parse("later")
        let place = #expect(throws: UsageError.self) { try parsed.checkRequired() }
        #expect(place?.message == "Missing expected argument '<place>'")
        #expect(try parsed.fill(Argument("place", .text, help: ""), with: "here"))
        let scheme = #expect(throws: UsageError.self) { try parsed.checkRequired() }
        #expect(scheme?.message == "Missing expected argument '--scheme <name>'")
        let jobs = #expect(throws: UsageError.self) {
            try parsed.fill(Self.option("jobs", of: parsed), with: ["many"])
        }
        #expect(jobs?.message.hasPrefix("The value 'many' is invalid for '--jobs <n>'. ") == true)
        #expect(try parsed.fill(Self.option("scheme", of: parsed), with: ["s"]))
        try parsed.checkRequired()
    }
}

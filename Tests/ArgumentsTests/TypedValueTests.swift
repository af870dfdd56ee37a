import Arguments
import Testing

@Suite("Typed values")
struct TypedValueTests {
    enum Level: String, CaseIterable { case must, should, all }

    private func parsed(_ arguments: String...) throws -> ParsedCommand {
        try Parser.parse(["run", "--scheme", "s"] + arguments, root: Fixture.root)
    }

    @Test("reads whole numbers in a range", arguments: [("1", 1), ("64", 64), ("10", 10)])
    func integer(text: String, value: Int) throws {
        #expect(try parsed("--jobs=\(text)").integer("jobs", in: 1...64) == value)
    }

    @Test(
        "refuses other numbers",
        arguments: ["", "0", "65", "+5", "05", "5 ", "1e1", "0x5", "٣", "-1", "99999999999999999999", "5.0"])
    func integerRefuses(text: String) throws {
        let parsed = try parsed("--jobs=\(text)")
        let error = #expect(throws: UsageError.self) { try parsed.integer("jobs", in: 1...64) }
        #expect(
            error?.message
                == "The value '\(text)' is invalid for '--jobs <n>'. Please provide a whole number between 1 and 64.")
        #expect(error?.help == "--jobs <n>  How many cases run at once.")
    }

    @Test("a range below zero admits a sign, not -0")
    func negative() throws {
        #expect(try parsed("--jobs=-3").integer("jobs", in: -5...5) == -3)
        let zero = try parsed("--jobs=-0")
        #expect(throws: UsageError.self) { try zero.integer("jobs", in: -5...5) }
        let open = try parsed("--jobs=0")
        let error = #expect(throws: UsageError.self) { try open.integer("jobs", in: 1...Int.max) }
        #expect(error?.message.hasSuffix("Please provide a whole number of at least 1.") == true)
    }

    @Test(
        "reads seconds exactly",
        arguments: [
            ("2", .seconds(2)), ("0.5", .milliseconds(500)), ("0.000000001", .nanoseconds(1)), ("60.0", .seconds(60)),
            ("1.25", .milliseconds(1250)),
        ] as [(String, Duration)])
    func seconds(text: String, value: Duration) throws {
        #expect(try parsed("--timeout", text).seconds("timeout", in: .nanoseconds(1) ... .seconds(60)) == value)
    }

    @Test(
        "refuses other lengths of time",
        arguments: [
            "", "0", "61", ".5", "5.", "1.2.3", "+1", "01", "1e1", "inf", "nan", "0x1p3", "5s", "0.0000000001", "-1",
            "1,5", "99999999999999999999", "9000000000000000000",
        ])
    func secondsRefuses(text: String) throws {
        let parsed = try parsed("--timeout=\(text)")
        let error = #expect(throws: UsageError.self) {
            try parsed.seconds("timeout", in: .milliseconds(50) ... .seconds(60))
        }
        #expect(error?.message.hasSuffix("Please provide a number of seconds between 0.05 and 60.") == true)
    }

    @Test("reads a choice, and lists the cases for another text")
    func choice() throws {
        #expect(try parsed("--secret", "all").choice("secret", as: Level.self) == .all)
        #expect(try parsed().choice("secret", as: Level.self) == nil)
        let other = try parsed("--secret", "ALL")
        let error = #expect(throws: UsageError.self) { try other.choice("secret", as: Level.self) }
        #expect(
            error?.message
                == "The value 'ALL' is invalid for '--secret <source>'. Please provide one of 'must', 'should' or 'all'."
        )
    }

    @Test("gives nil for a number that is not given")
    func absent() throws {
        #expect(try parsed().integer("jobs", in: 1...64) == nil)
        #expect(try parsed().seconds("timeout", in: .zero ... .seconds(60)) == nil)
    }
}

import Harness
import Testing

@Suite("The clock of a run")
struct RunClockTests {
    @Test("that skips waits never goes forward by itself")
    func skips() {
        let clock = RunClock(waiting: .skips, at: 1_000_000)
        let before = clock.seconds
        #expect(before == 1_000_000)
        for _ in 0..<100_000 where clock.seconds != before { Issue.record("the clock moved") }
    }

    @Test("that does not skip them goes forward")
    func sleeps() {
        let clock = RunClock(at: 1_000_000)
        let before = clock.seconds
        while clock.seconds == before {}
        #expect(clock.seconds > before)
    }
}

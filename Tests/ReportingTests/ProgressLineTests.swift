import Foundation
import Platform
import ReportModel
import Synchronization
import Testing

@testable import Reporting

@Suite("Progress line") struct ProgressLineTests {
    /// What a line wrote, under a clock that the test moves.
    final class Screen: Sendable {
        let written = Mutex<[String]>([])
        private let milliseconds = Mutex(0)
        private let start = ContinuousClock.now

        var now: ContinuousClock.Instant { start + .milliseconds(milliseconds.withLock { $0 }) }
        func advance(_ span: Int) { milliseconds.withLock { $0 += span } }
        func line(isTerminal: Bool = true) -> ProgressLine {
            ProgressLine(
                width: 80, isTerminal: isTerminal, now: { self.now },
                write: { text in self.written.withLock { $0.append(text) } })
        }
    }

    @Test(
        "The line is drawn to fit",
        arguments: [
            (0, 10, 80, "──────────────────────────────  0/10 cases"),
            (5, 10, 80, "━━━━━━━━━━━━━━━───────────────  5/10 cases"),
            (10, 10, 80, "━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  10/10 cases"),
            (3, 4, 20, "━━━━━━──  3/4 cases"), (3, 4, 15, "3/4 cases"), (3, 4, 6, "3/4 c"), (3, 4, 0, ""),
            (0, 0, 80, "0/0 cases"), (9, 4, 15, "4/4 cases"), (-1, 4, 15, "0/4 cases"),
        ])
    func drawing(done: Int, total: Int, width: Int, text: String) {
        #expect(ProgressLine.text(done: done, total: total, width: width) == text)
    }

    @Test(
        "The line says what is waited for, as far as there is room",
        arguments: [
            (80, "━━━━━━━━━━━━━━━━━━━━━━━───  9/10 cases · waiting 212 s for the end of the grace"),
            (60, "━━━━━─  9/10 cases · waiting 212 s for the end of the grace"),
            (20, "9/10 cases · waitin"),
        ])
    func awaiting(width: Int, text: String) {
        let awaited = (what: "the end of the grace", seconds: 212)
        #expect(ProgressLine.text(done: 9, total: 10, awaited: awaited, width: width) == text)
    }

    @Test(
        "The time left is told once the pace is known",
        arguments: [(0, 9, nil), (50, 1, nil), (50, 9, 9), (25, 9, 27), (99, 60, 1), (100, 60, nil)]
            as [(Int, Int, Int?)])
    func timeLeft(done: Int, seconds: Int, left: Int?) {
        #expect(ProgressLine.secondsLeft(done: done, total: 100, after: .seconds(seconds)) == left)
        let text = ProgressLine.text(done: done, total: 100, left: left, width: 80)
        #expect(text.hasSuffix(left.map { "/100 cases · about \($0) s left" } ?? "/100 cases"))
    }

    @Test("Any numbers fit the terminal")
    func anyNumbers() {
        for done in [Int.min, -1, 0, 1, 7, 1000, Int.max] {
            for total in [Int.min, 0, 1, 7, 1000, Int.max] {
                for width in 0...120 {
                    let text = ProgressLine.text(done: done, total: total, width: width)
                    #expect(text.count < max(1, width))
                }
            }
        }
    }

    @Test("It is drawn at most ten times a second and erased at the end")
    func throttling() {
        let screen = Screen()
        let line = screen.line()
        for done in 0..<300 {
            line.update(done: done, total: 300)
            screen.advance(10)
        }
        line.finish()
        line.finish()
        line.update(done: 300, total: 300)
        let written = screen.written.withLock { $0 }
        #expect(written.count == 31)
        #expect(written.dropLast().allSatisfy { $0.contains(/^\r.*\/300 cases( · about \d+ s left)?\x{1B}\[K$/) })
        #expect(written.last == "\r\u{1B}[K")
    }

    @Test("A run that ends before anything was shown leaves no trace")
    func nothingShown() {
        let screen = Screen()
        screen.line().finish()
        #expect(screen.written.withLock { $0 }.isEmpty)
    }

    @Test("Threads may share it")
    func threads() {
        let screen = Screen()
        let line = screen.line()
        DispatchQueue.concurrentPerform(iterations: 200) { done in
            line.update(done: done, total: 200)
            if done == 150 { line.finish() }
        }
        let written = screen.written.withLock { $0 }
        #expect(written.count == 2)
        #expect(written.last == "\r\u{1B}[K")
    }

    @Test("A log says what is waited for every half minute, and nothing while nothing is")
    func log() {
        let screen = Screen()
        let line = screen.line(isTerminal: false)
        for second in 0..<200 {
            let awaited = second >= 100 ? (what: "the end of the grace", seconds: 200 - second) : nil
            line.update(done: 7, total: 9, awaited: awaited)
            screen.advance(1000)
        }
        line.finish()
        let written = screen.written.withLock { $0 }
        #expect(
            written == [100, 70, 40, 10].map { "7 of 9 cases done, waiting \($0) s for the end of the grace\n" })
    }

    @Test("A short run writes nothing unless the output is a terminal")
    func noTerminal() throws {
        let pipe = Pipe()
        let line = ProgressLine(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        line.update(done: 1, total: 2)
        line.finish()
        try pipe.fileHandleForWriting.close()
        #expect(try pipe.fileHandleForReading.readToEnd()?.isEmpty ?? true)
        #expect(Terminal.width(of: pipe.fileHandleForReading.fileDescriptor) == nil)
    }
}

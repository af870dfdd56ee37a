import Foundation
import Synchronization
import Testing

@testable import Platform

@Suite("Time") struct TimeTests {
    @Test(
        "is counted without overflow",
        arguments: [
            (Duration.zero, 0), (.nanoseconds(1), 1), (.milliseconds(1500), 1_500_000_000), (.seconds(-1), 0),
            (.nanoseconds(-1), 0), (.seconds(18_446_744_073), 18_446_744_073_000_000_000),
            (.seconds(18_446_744_074), .max), (.seconds(Int64.max), .max), (.seconds(Int64.min), 0),
        ] as [(Duration, UInt64)])
    func nanoseconds(_ span: Duration, _ expected: UInt64) { #expect(span.wholeNanoseconds == expected) }

    @Test("extreme limits wait forever or not at all, and never trap") func extremes() {
        #expect(Deadline(after: .seconds(Int64.max)) == .never)
        #expect(Deadline.never.pollTimeout == -1)
        #expect(Deadline(atNanoseconds: .max - 1).pollTimeout == .max)
        #expect(!Deadline(atNanoseconds: .max - 1).hasPassed)
        #expect(Deadline(after: .seconds(Int64.min)).hasPassed)
        #expect(Deadline(atNanoseconds: 0).pollTimeout == 0)
        #expect(Deadline(after: .microseconds(1)).pollTimeout <= 1)
        let nothing = Monitor(0)
        nothing.wait(by: Deadline(atNanoseconds: 0)) { $0 == 1 }
        nothing.wait(by: .never) { $0 == 0 }
    }

    @Test("of any length can be let pass", arguments: [Duration.seconds(Int64.max), .seconds(20_000_000_000)])
    func longPause(_ span: Duration) throws {
        // Nothing ends such a pause but a signal, and the test does not wait for it: a trap would end the process.
        let isOver = Atomic<Bool>(false)
        let hasBegun = Monitor(false)
        let thread = WorkerThread {
            hasBegun.change { $0 = true }
            MonotonicClock.pause(span)
            isOver.store(true, ordering: .relaxed)
        }
        try #require(thread != nil)
        hasBegun.wait { $0 }
        MonotonicClock.pause(.milliseconds(20))
        MonotonicClock.pause(.seconds(-1))
        let isOverAlready = isOver.load(ordering: .relaxed)
        #expect(!isOverAlready)
    }

    @Test("spent waiting for a state ends with the state or the deadline") func timedWait() throws {
        let state = Monitor(0)
        let start = MonotonicClock.nanoseconds()
        state.wait(by: Deadline(after: .milliseconds(50))) { $0 == 1 }
        #expect(MonotonicClock.nanoseconds() - start >= 50_000_000)
        let thread = WorkerThread { state.change { $0 = 1 } }
        let deadline = Deadline(after: .seconds(30))
        state.wait(by: deadline) { $0 == 1 }
        #expect(!deadline.hasPassed)
        thread?.join()
    }
}

@Suite("A name") struct ResolutionTests {
    @Test("whose resolver does not answer is given up at the deadline") func deadline() {
        let isOver = Monitor(false)
        defer { isOver.change { $0 = true } }
        let start = MonotonicClock.nanoseconds()
        let result = Socket.resolve(host: "slow.test", port: 80, by: Deadline(after: .milliseconds(100))) { _, _ in
            isOver.wait { $0 }
            return .success([])
        }
        guard case .failure(let failure) = result else {
            Issue.record("an address came from nowhere")
            return
        }
        #expect(failure == ResolutionFailure(reason: "no answer came in time"))
        #expect(MonotonicClock.nanoseconds() - start < 20_000_000_000)
    }

    @Test("is found by the system, digits without asking", arguments: ["localhost", "127.0.0.1", "::1"])
    func found(_ host: String) throws {
        let deadline = Deadline(after: .seconds(30))
        #expect(try !Socket.resolve(host: host, port: 80, by: deadline).get().isEmpty)
        let unasked = Socket.resolve(host: "127.0.0.1", port: 80, by: deadline) { _, _ in
            .failure(ResolutionFailure(reason: "asked"))
        }
        #expect((try? unasked.get())?.count == 1)
    }
}

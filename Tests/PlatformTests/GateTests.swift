import Bytes
import Foundation
import Synchronization
import Testing

@testable import Platform

/// A thread that waits for ever can't be stopped, so every wait here has a deadline that only a failure meets.
@Suite("A gate")
struct GateTests {
    @Test("admits an exclusive caller only when nobody else is inside")
    func excludes() throws {
        let gate = Gate()
        // Each who passes together counts for one, each who passes alone for a thousand.
        let inside = Atomic<Int>(0)
        let disturbed = Atomic<Int>(0)
        let passed = Atomic<Int>(0)
        try Self.onThreads(8) { thread in
            var generator = SeededGenerator(seed: UInt64(thread))
            for _ in 0..<500 {
                let isAlone = Bool.random(using: &generator)
                let weight = isAlone ? 1000 : 1
                let pass = {
                    let now = inside.wrappingAdd(weight, ordering: .sequentiallyConsistent).newValue
                    // Others get the chance to come in where they must not.
                    sched_yield()
                    let later = inside.load(ordering: .sequentiallyConsistent)
                    let isFine = isAlone ? now == 1000 && later == 1000 : now < 1000 && later < 1000
                    if !isFine { disturbed.wrappingAdd(1, ordering: .relaxed) }
                    passed.wrappingAdd(1, ordering: .relaxed)
                    inside.wrappingSubtract(weight, ordering: .sequentiallyConsistent)
                }
                if isAlone { gate.alone(pass) } else { gate.together(pass) }
            }
        }
        #expect(disturbed.load(ordering: .relaxed) == 0)
        #expect(passed.load(ordering: .relaxed) == 8 * 500)
    }

    @Test("lets all in at the same time who do not ask to be alone")
    func overlaps() throws {
        let gate = Gate()
        let inside = Monitor(0)
        // Nobody leaves before all are in.
        try Self.onThreads(8) { _ in
            gate.together {
                inside.change { $0 += 1 }
                inside.wait { $0 == 8 }
            }
        }
        #expect(gate.waiting == 0)
    }

    /// Those who come while one is in alone: each letter is a thread, `a` for alone and `t` for together.
    @Test(
        "lets in by turn who stands in line",
        arguments: ["at", "ta", "tat", "ata", "aaaaat", "tttta", "taaaaaaaat", "attttttttta", "tattatttaatat"])
    func keepsTheOrder(line: String) throws {
        let gate = Gate()
        let entered = Mutex<[Int]>([])
        gate.enterAlone()
        let done = DispatchGroup()
        for (place, kind) in line.enumerated() {
            Self.start(in: done) {
                let body = { entered.withLock { $0.append(place) } }
                if kind == "a" { gate.alone(body) } else { gate.together(body) }
            }
            // The next one comes when this one stands in line.
            try Self.expectInTime { gate.waiting == place + 1 }
        }
        #expect(entered.withLock { $0 }.isEmpty)
        gate.leaveAlone()
        try #require(done.wait(timeout: .now() + 30) == .success)
        // Only neighbours that pass together may change places.
        let kinds = Array(line)
        let groups = kinds.indices.reduce(into: [Int]()) { groups, place in
            let isBeside = place > 0 && kinds[place] == "t" && kinds[place - 1] == "t"
            groups.append((groups.last ?? 0) + (isBeside ? 0 : 1))
        }
        #expect(entered.withLock { $0 }.map { groups[$0] } == groups)
        #expect(entered.withLock { $0 }.sorted() == Array(kinds.indices))
    }

    /// Who wants to be alone is not kept out by others that go on passing together.
    @Test("keeps later callers waiting until an exclusive caller has passed")
    func aloneIsNotOvertaken() throws {
        let gate = Gate()
        let order = Mutex<[String]>([])
        let done = DispatchGroup()
        let mayLeave = DispatchSemaphore(value: 0)
        let isIn = DispatchSemaphore(value: 0)
        Self.start(in: done) {
            gate.together {
                isIn.signal()
                _ = mayLeave.wait(timeout: .now() + 30)
            }
        }
        try #require(isIn.wait(timeout: .now() + 30) == .success)
        Self.start(in: done) { gate.alone { order.withLock { $0.append("alone") } } }
        try Self.expectInTime { gate.waiting == 1 }
        Self.start(in: done) { gate.together { order.withLock { $0.append("together") } } }
        // It would be in by now, had it not to wait for the one before it.
        try Self.expectInTime { gate.waiting == 2 }
        mayLeave.signal()
        try #require(done.wait(timeout: .now() + 30) == .success)
        #expect(order.withLock { $0 } == ["alone", "together"])
    }

    @Test("opens again after a failure inside", arguments: ["alone", "together"])
    func opensAfterAnError(how: String) throws {
        struct Failed: Error {}
        let gate = Gate()
        #expect(throws: Failed.self) {
            if how == "alone" { try gate.alone { throw Failed() } } else { try gate.together { throw Failed() } }
        }
        let done = DispatchGroup()
        Self.start(in: done) { gate.alone {} }
        #expect(done.wait(timeout: .now() + 30) == .success)
    }

    // MARK: Threads

    private static func start(in group: DispatchGroup, _ body: @escaping @Sendable () -> Void) {
        group.enter()
        Thread.detachNewThread {
            body()
            group.leave()
        }
    }

    private static func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) throws {
        let group = DispatchGroup()
        for thread in 0..<count { start(in: group) { body(thread) } }
        try #require(group.wait(timeout: .now() + 60) == .success, "somebody waits for ever")
    }

    private static func expectInTime(_ condition: () -> Bool) throws {
        let deadline = Deadline(after: .seconds(30))
        while !condition() {
            try #require(!deadline.hasPassed, "it does not come to pass")
            sched_yield()
        }
    }
}

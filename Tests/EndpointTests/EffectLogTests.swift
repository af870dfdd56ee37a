import Testing

@testable import Endpoint

@Suite("The effect log")
struct EffectLogTests {
    private func event(_ id: String) -> EffectLog.Event { EffectLog.Event(scheme: "s", id: Array(id.utf8)) }

    @Test("numbers messages, and recognises an event within its window")
    func window() {
        let log = EffectLog()
        #expect(log.record(event("a"), window: 600, now: 1000) == "msg_000001")
        #expect(log.record(event("a"), window: 600, now: 1600) == "msg_000001")
        #expect(log.record(event("a"), window: 600, now: 1601) == "msg_000002")
        #expect(log.record(nil, window: nil, now: 1601) == "msg_000003")
        #expect(log.effects == 3)
        #expect(log.repetitions == 1)
    }

    @Test("keeps ids apart that only look alike")
    func bytes() {
        let log = EffectLog()
        #expect(log.record(event("\u{e9}"), window: 600, now: 0) == "msg_000001")
        #expect(log.record(event("e\u{301}"), window: 600, now: 0) == "msg_000002")
        #expect(log.record(EffectLog.Event(scheme: "t", id: [0xC3, 0xA9]), window: 600, now: 0) == "msg_000003")
    }

    @Test("forgets the oldest when it is full, and nothing else")
    func capacity() {
        let log = EffectLog(capacity: 3)
        for number in 1...5000 { _ = log.record(event(String(number)), window: 600, now: 0) }
        #expect(log.record(event("5000"), window: 600, now: 0) == "msg_005000")
        #expect(log.record(event("1"), window: 600, now: 0) == "msg_005001")
        #expect(log.effects == 5001)
    }
}

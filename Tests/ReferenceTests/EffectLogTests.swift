import ReportModel
import Testing

@testable import Reference

@Suite("The effect log")
struct EffectLogTests {
    private func delivery(
        _ id: String?, at path: String = "/p", scheme: String = "s", window: Int64 = 600, now: Int64 = 0
    ) -> Delivery {
        let bytes = id.map { Array($0.utf8) }
        let event = bytes.map { EffectLog.Event(bridge: Array(path.utf8), scheme: scheme, id: $0) }
        return Delivery(bridge: Array(path.utf8), id: bytes, event: event, window: window, now: now)
    }

    @Test("numbers messages, and recognises an event within its window")
    func window() {
        let log = EffectLog()
        #expect(log.record(delivery("a", now: 1000)) == .init(messageID: "msg_000001", isRepetition: false))
        #expect(log.record(delivery("a", now: 1600)) == .init(messageID: "msg_000001", isRepetition: true))
        #expect(log.record(delivery("a", now: 1601)) == .init(messageID: "msg_000002", isRepetition: false))
        #expect(log.record(delivery(nil, now: 1601)).messageID == "msg_000003")
        #expect(log.effects == 3)
        #expect(log.repetitions == 1)
    }

    @Test("lets a short window end before an earlier, longer one, and remembers the event again")
    func windows() {
        let log = EffectLog()
        _ = log.record(delivery("long", window: 600, now: 0))
        _ = log.record(delivery("short", window: 10, now: 0))
        #expect(!log.record(delivery("short", window: 1000, now: 11)).isRepetition)
        #expect(!log.record(delivery("other", now: 700)).isRepetition)
        #expect(log.record(delivery("short", window: 1000, now: 1000)).isRepetition)
        #expect(!log.record(delivery("never", window: 0, now: 0)).isRepetition)
        #expect(!log.record(delivery("never", window: 0, now: 0)).isRepetition)
    }

    @Test("keeps apart ids that only look alike, and the same id at two bridges or in two schemes")
    func bytes() {
        let log = EffectLog()
        let deliveries = [
            delivery("\u{e9}"), delivery("e\u{301}"), delivery("\u{e9}", at: "/q"), delivery("\u{e9}", scheme: "t"),
            delivery(String(repeating: "x", count: 5000)), delivery(String(repeating: "x", count: 5001)),
        ]
        for (number, delivery) in deliveries.enumerated() {
            #expect(log.record(delivery).messageID == "msg_00000\(number + 1)")
        }
        #expect(log.record(deliveries[4]).isRepetition)
        #expect(log.tally(at: Array("/q".utf8)).effects == 1)
        #expect(log.tally(at: Array("/none".utf8)).effects == 0)
        #expect(log.tally().effects == 6)
    }

    @Test("forgets the oldest when it is full, and nothing else")
    func capacity() {
        let log = EffectLog(capacity: 3)
        for number in 1...5000 { _ = log.record(delivery(String(number))) }
        #expect(log.record(delivery("5000")).messageID == "msg_005000")
        #expect(log.record(delivery("1")).messageID == "msg_005001")
        #expect(log.effects == 5001)
    }

    @Test("holds no more after 200,000 events than it is made for")
    func memory() {
        let log = EffectLog(capacity: 1000)
        for number in 0..<200_000 { _ = log.record(delivery("evt_\(number)", at: "/\(number)", window: 1 << 40)) }
        #expect(log.effects == 200_000)
        #expect(log.remembered == 1000)
        #expect(log.held.order <= 3000 && log.held.tallies == 4096)
        let ids = log.recentIDs()
        #expect(ids.count == 10_000)
        #expect(ids.first == Array("evt_190000".utf8) && ids.last == Array("evt_199999".utf8))
        _ = log.record(delivery(String(repeating: "y", count: 100_000)))
        #expect(log.recentIDs().last?.count == 256)
    }

    @Test("has one effect for one event, from sixteen threads at once")
    func race() async {
        for round in 0..<50 {
            let log = EffectLog()
            let delivery = delivery("evt_\(round)")
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<16 { group.addTask { _ = log.record(delivery) } }
            }
            #expect(log.effects == 1 && log.repetitions == 15)
        }
    }
}

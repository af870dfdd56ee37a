internal import Bytes
internal import Catalogue
internal import Platform
internal import ReportModel
internal import Synchronization
internal import Transport

/// Counts effects with an observer, which may be late, wrong or absent.
final class EffectWatch: Sendable {
    private let source: ObserverSource
    private let clock: RunClock
    private let options: ClientOptions
    private let stop: StopSignal
    private let secretVariables: Set<String>
    /// Whether deliveries have ids, so that a list can be asked for some of them.
    private let hasIDs: Bool
    /// How long the slowest effect so far took to appear, in nanoseconds; `nil` before the first one.
    private let slowest = Mutex<UInt64?>(nil)
    /// Whether others' deliveries must not be made while some are counted: not where each shows by its id.
    var countsEveryone: Bool { !showsIDs.load(ordering: .relaxed) }
    private let showsIDs = Atomic<Bool>(false)
    /// Why the first effect did not appear; it is not awaited again.
    private let blindness = Mutex<Obstacle?>(nil)

    /// The longest that an effect is awaited, in nanoseconds.
    private static let patience: UInt64 = 5_000_000_000

    /// - Parameter hasIDs: whether deliveries have ids; the entries of a list are only counted otherwise.
    init(
        _ source: ObserverSource, _ facilities: Facilities, _ clock: RunClock, until stop: StopSignal,
        hasIDs: Bool = true
    ) {
        self.hasIDs = hasIDs
        self.source = source
        self.clock = clock
        self.stop = stop
        options = facilities.options
        secretVariables = facilities.secretVariables
    }

    /// What an observer shows.
    private enum Sight {
        case number(Int)
        case ids([[UInt8]])

        /// The effects of deliveries with certain ids or without one; a plain number counts everyone's.
        func count(of ids: Set<[UInt8]>) -> Int {
            switch self {
            case .number(let number): number
            case .ids(let seen): seen.count { $0.isEmpty || ids.contains($0) }
            }
        }

        /// The effects of everyone.
        var count: Int {
            switch self {
            case .number(let number): number
            case .ids(let seen): seen.count
            }
        }
    }

    /// Counts the effects of some requests.
    ///
    /// - Parameters:
    /// - control: sends a valid request, whose effect must appear before any other is judged.
    /// - requests: sends the requests; like `control`, it returns the ids sent and the number of effects to wait for.
    func effects(
        control: () throws -> Set<[UInt8]>, of requests: () throws -> (ids: Set<[UInt8]>, expected: Int)
    ) throws -> Int {
        if let blindness = blindness.withLock({ $0 }) { throw blindness }
        if slowest.withLock({ $0 == nil }) { try seeFirst(control) }
        let before = try look()
        let sent = try requests()
        return try settled(from: before, ids: sent.ids, at: sent.expected)
    }

    /// Waits for the effect of a valid request, or records for good that effects can't be observed.
    private func seeFirst(_ control: () throws -> Set<[UInt8]>) throws {
        // A target that deduplicates too coarsely drops a delivery that comes in the same second as another.
        for attempt in 0..<2 {
            if attempt > 0 { clock.pause(clock.duration(of: 1.5)) }
            let before = try orBlind(look)
            let again = try orBlind(look)
            if hasIDs, case .ids = again { showsIDs.store(true, ordering: .relaxed) }
            if case .number = again, again.count > before.count, try orBlind(look).count > again.count {
                throw blind(Obstacle("the observer's count grows whenever it is read: it counts its own reads"))
            }
            let ids = try control()
            if try orBlind({ () throws(Obstacle) in try settled(from: again, ids: ids, at: 1) }) >= 1 { return }
        }
        throw blind(Obstacle("the observer does not show the effect of a plain valid request"))
    }

    /// Returns the ids of all deliveries that took effect; `nil` when they are not shown.
    ///
    /// - Parameter ids: those of some valid requests, whose effects are awaited.
    func ids(after ids: [[UInt8]]) -> Set<[UInt8]>? {
        guard hasIDs, blindness.withLock({ $0 }) == nil else { return nil }
        let start = clock.nanoseconds
        var pause: UInt64 = 5_000_000
        while !stop.isStopped, let sight = try? look(), case .ids(let seen) = sight {
            let seen = Set(seen)
            // What is missing by now may have been lost; nothing is said of what was sent beside it.
            if ids.allSatisfy(seen.contains) || clock.nanoseconds - start > Self.patience {
                let known = slowest.withLock { $0 ?? 0 }
                clock.pause(.nanoseconds(Int64(min(max(known * 2, 50_000_000), 2_000_000_000))))
                guard case .ids(let last) = try? look() else { return nil }
                return Set(last)
            }
            clock.pause(.nanoseconds(Int64(pause)))
            pause = min(pause * 2, 500_000_000)
        }
        return nil
    }

    private func orBlind<Result>(_ body: () throws(Obstacle) -> Result) throws(Obstacle) -> Result {
        do throws(Obstacle) {
            return try body()
        } catch {
            throw blind(error)
        }
    }

    /// Records why effects can't be observed, for good.
    private func blind(_ obstacle: Obstacle) -> Obstacle {
        blindness.withLock { $0 = obstacle }
        return obstacle
    }

    /// Waits until the expected effects have appeared, and then for as long as the slowest took in case more come.
    private func settled(from sight: Sight, ids: Set<[UInt8]>, at expected: Int) throws(Obstacle) -> Int {
        let count = { [hasIDs] (sight: Sight) in hasIDs ? sight.count(of: ids) : sight.count }
        let before = count(sight)
        let read = { () throws(Obstacle) in count(try self.look()) }
        let start = clock.nanoseconds
        var shown = try read() - before
        // A count that goes down is wrong, and waiting does not help.
        while shown >= 0, shown < expected, clock.nanoseconds - start < Self.patience {
            // The longer it takes, the less often it is looked at.
            let next = min(max((clock.nanoseconds - start) / 4, 5_000_000), 200_000_000)
            clock.pause(.nanoseconds(Int64(next)))
            shown = try read() - before
        }
        let took = clock.nanoseconds - start
        let known = slowest.withLock { slowest in
            if shown > 0 || slowest != nil { slowest = max(slowest ?? 0, shown >= expected && expected > 0 ? took : 0) }
            return slowest ?? 0
        }
        clock.pause(.nanoseconds(Int64(min(max(known * 2, 10_000_000), 2_000_000_000))))
        shown = try read() - before
        guard shown >= 0 else { throw Obstacle("the observer's count went down") }
        return shown
    }

    private func look() throws(Obstacle) -> Sight {
        switch source {
        case .channel(let channel, let pointer):
            let answer = try SideCall.send(to: "the observer", "GET", channel, options: options, until: stop)
            guard (200...299).contains(answer.status) else {
                throw Obstacle("the observer answered with status \(answer.status)")
            }
            guard let value = (try? JSON.parse(answer.body))?[pointer: pointer] else {
                throw Obstacle("the observer's answer has nothing at '\(pointer)'")
            }
            return try Self.sight(of: value)
        case .command(let line):
            let printed: [UInt8]
            do throws(Subprocess.Failure) {
                printed = try Subprocess.output(
                    of: line, withholding: secretVariables, by: Deadline(after: options.answerTimeout),
                    unless: stop)
            } catch {
                throw Obstacle("the observer's command gave nothing: \(error)")
            }
            let text = ASCII.trimmed(printed)
            if let value = try? JSON.parse(text) { return try Self.sight(of: value) }
            return .ids(ASCII.split(text, separator: 0x0A).map { Array($0) }.filter { !$0.isEmpty })
        }
    }

    private static func sight(of value: JSON) throws(Obstacle) -> Sight {
        switch value {
        case .number(let text):
            guard let number = Int(text), number >= 0 else { throw Obstacle("the observer gave no whole number") }
            return .number(number)
        case .array(let entries): return .ids(entries.map { Array(($0.string ?? "").utf8) })
        default: throw Obstacle("the observer gave neither a number nor a list")
        }
    }
}

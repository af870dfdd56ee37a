import Bytes
import Testing
import Timing

/// A subject of made-up times, which knows the class of a request by its first byte.
private final class Simulation: TimedSession {
    /// The nanoseconds that a class takes more than the reference.
    var effect: (Int) -> Double = { _ in 0 }
    /// Whether the path absorbs delays.
    var absorbs = false
    /// What is answered to the n-th request of a session.
    var answer: (_ index: Int, _ number: Int) -> TimedExchange.Answer? = { _, _ in .refusal() }
    /// Whether a connection ends with the n-th request.
    var ends: (Int) -> Bool = { _ in false }
    private var noise: Noise
    private var number = 0

    init(seed: UInt64) { noise = Noise(seed: seed) }

    func time(_ request: UnsafeRawBufferPointer, delay: UInt64) -> TimedExchange {
        number += 1
        if number.isMultiple(of: 7) { noise.advance() }
        let index = Int(request[0])
        let time = noise.time() + effect(index) + (absorbs ? 0 : Double(delay))
        return TimedExchange(
            answer: answer(index, number), nanoseconds: UInt64(max(0, time)), delay: delay,
            isAtEdge: ends(number))
    }
}

extension TimedExchange.Answer {
    fileprivate static func refusal(_ bodyBytes: Int = 20) -> TimedExchange.Answer {
        TimedExchange.Answer(.rejected, status: 401, headBytes: 90, bodyBytes: bodyBytes)
    }
}

@Suite struct MeasurementTests {
    private let experiment = Experiment.firstWrongSymbol(of: 64)

    /// Measures a simulation, with noise of about a microsecond between the requests of a tuple.
    private func measure(
        threshold: Double? = 600, budget: Int = 40_000, seed: UInt64 = 1,
        _ edit: @escaping (Simulation, _ session: Int) -> Void = { _, _ in },
        length: @escaping (Int) -> Int = { _ in 40 }, stops: @escaping () -> Bool = { false }
    ) -> TimingResult {
        var settings = TimingSettings(
            for: .loopback, classes: experiment.classes.count, mostRequests: budget, seed: seed)
        settings.threshold = threshold
        settings.pace = SamplingPace(gap: 0)
        var sessions = 0
        var measurement = Measurement(experiment, settings) {
            sessions += 1
            let simulation = Simulation(seed: seed &* 100 &+ UInt64(sessions))
            edit(simulation, sessions)
            return simulation
        } make: { index, generator in
            [UInt8(index)] + (1..<length(index)).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
        measurement.isInterrupted = stops
        let result = measurement.run()
        #expect(result.rig.requests <= budget)
        return result
    }

    private func position(_ index: Int) -> Double { Double(experiment.classes[index].position ?? 0) }

    @Test func noLeakIsBounded() throws {
        let result = measure()
        guard case .noLeak(let bound) = result.verdict else {
            Issue.record("\(result.verdict)")
            return
        }
        #expect(bound < 600)
        #expect(result.looks.last?.delayCheck == .recovered)
        #expect(result.rig.runs == 1)
    }

    @Test func aLeakOfEachSymbolIsFoundConfirmedAndDescribed() throws {
        let result = measure { simulation, _ in simulation.effect = { self.position($0) * 20 } }
        guard case .leak(let leak) = result.verdict else {
            Issue.record("\(result.verdict)")
            return
        }
        #expect(leak.shape == .linear)
        #expect(leak.size == .above)
        #expect(leak.position == 16)
        #expect(abs((leak.nanosecondsPerSymbol ?? 0) - 20) < 3)
        #expect(result.rig.runs == 2)
        for finding in result.confirmation?.contrasts.prefix(4) ?? [] {
            #expect(finding.estimate.low...finding.estimate.high ~= Double(finding.position ?? 0) * 20)
        }
    }

    @Test func aStepIsToldFromALine() throws {
        let result = measure { simulation, _ in
            simulation.effect = { self.position($0) >= 32 ? 900 : 0 }
        }
        guard case .leak(let leak) = result.verdict else {
            Issue.record("\(result.verdict)")
            return
        }
        #expect(leak.shape == .step)
        #expect(leak.position == 32)
        #expect(leak.nanosecondsPerSymbol == nil)
    }

    @Test func whatShowsOnceIsNotConfirmed() {
        let result = measure { simulation, session in
            if session == 1 { simulation.effect = { self.position($0) * 20 } }
        }
        guard case .inconclusive(.notConfirmed) = result.verdict else {
            Issue.record("\(result.verdict)")
            return
        }
    }

    @Test func aPathThatAbsorbsTheDelayIsInconclusive() {
        let result = measure(threshold: 1000) { simulation, _ in simulation.absorbs = true }
        guard case .inconclusive(.delayLost(let applied, _)) = result.verdict else {
            Issue.record("\(result.verdict)")
            return
        }
        #expect(applied == 1000)
    }

    @Test func aPathThatFavoursTheRepetitionIsInconclusiveAfterTwoRuns() {
        let result = measure { simulation, _ in simulation.effect = { $0 == 1 ? 2000 : 0 } }
        #expect(result.verdict == .inconclusive(.repetitionDiffers))
        #expect(result.rig.runs == 2)
    }

    @Test func withoutAThresholdNothingIsSmallEnough() {
        let result = measure(threshold: nil, budget: 40_000)
        guard case .inconclusive(.noThreshold) = result.verdict else {
            Issue.record("\(result.verdict)")
            return
        }
    }

    @Test func aThresholdOutOfReachSaysHowManyTuplesAreNeeded() {
        let result = measure(threshold: 1, budget: 20_000)
        guard case .inconclusive(.tooWide(let bound, 1000, let needed)) = result.verdict else {
            Issue.record("\(result.verdict)")
            return
        }
        #expect(Double(needed) >= 1000 * bound * bound - 1)
    }

    @Test func aClassThatIsAnsweredInAnotherWayCanNotBeCompared() {
        let result = measure { simulation, _ in
            simulation.answer = { index, _ in .refusal(index == 5 ? 25 : 20) }
        }
        #expect(result.verdict == .inconclusive(.otherAnswers(name: "63")))
    }

    @Test func anUnusualFirstAnswerHidesNothing() {
        let result = measure { simulation, _ in
            // The first tuple that counts is the one after two hundred.
            simulation.answer = { index, number in
                .refusal((1401...1407).contains(number) ? 99 : index == 5 ? 25 : 20)
            }
        }
        #expect(result.verdict == .inconclusive(.otherAnswers(name: "63")))
    }

    @Test func answersThatDifferWithinAClassDoNotMatter() {
        let result = measure { simulation, _ in
            simulation.answer = { _, number in .refusal(20 + number % 3) }
        }
        guard case .noLeak = result.verdict else {
            Issue.record("\(result.verdict)")
            return
        }
    }

    @Test(arguments: [
        (TimedExchange.Answer.Reading.accepted, TimingDoubt.accepted), (.limited, .limited),
        (.other, .undecided),
    ])
    func answersOfAnotherKindStopAtOnce(reading: TimedExchange.Answer.Reading, doubt: TimingDoubt) {
        let result = measure { simulation, _ in
            simulation.answer = { _, _ in
                TimedExchange.Answer(reading, status: 0, headBytes: 0, bodyBytes: 0)
            }
        }
        #expect(result.verdict == .inconclusive(doubt))
        #expect(result.rig.requests <= 1400)
    }

    @Test func silenceEndsTheMeasurement() {
        let result = measure { simulation, _ in simulation.answer = { _, _ in nil } }
        #expect(result.verdict == .inconclusive(.unanswered))
    }

    @Test func connectionsThatEndAtOnceEndTheMeasurement() {
        let result = measure { simulation, _ in simulation.ends = { _ in true } }
        #expect(result.verdict == .inconclusive(.connections))
    }

    @Test func connectionsThatEndNowAndThenCostTuples() {
        let result = measure { simulation, _ in simulation.ends = { $0.isMultiple(of: 100) } }
        #expect(result.rig.droppedTuples > 10)
        if case .inconclusive(.connections) = result.verdict { Issue.record("it gave up") }
    }

    @Test func requestsOfDifferentLengthsAreNotCompared() {
        #expect(measure(length: { $0 == 3 ? 41 : 40 }).verdict == .inconclusive(.lengths))
    }

    @Test func aBudgetForNothingSaysHowMuchIsNeeded() {
        let result = measure(budget: 100)
        #expect(
            result.verdict == .inconclusive(.budget(fewest: TimingSettings.fewestRequests(classes: 7))))
        #expect(result.rig.requests == 0)
    }

    @Test func anInterruptedMeasurementSaysWhatItKnows() {
        var calls = 0
        let result = measure(stops: {
            calls += 1
            return calls > 900
        })
        guard case .inconclusive(.interrupted(let bound?, 700)) = result.verdict else {
            Issue.record("\(result.verdict)")
            return
        }
        #expect(bound > 0)
    }

    @Test func aCoarseClockIsDithered() throws {
        // A clock that counts in tens, which leaves a median of 0 where the truth is 2.9.
        var samples = Samples(experiment)
        var noise = Noise(seed: 5)
        for _ in 0..<3000 {
            var tuple = Tuple.simulated(experiment, &noise) { _ in 0 }
            for index in tuple.nanoseconds.indices {
                let exact = 1000 + noise.uniform() * 40 + (index == 5 ? 2.9 : 0)
                tuple.nanoseconds[index] = (exact / 10).rounded(.down) * 10
            }
            samples.add(tuple)
        }
        #expect(samples.clockStep == 10)
        let dithered = samples.dithered(seed: 1)
        let found = Estimate(of: dithered.differences(experiment.contrasts[3]), critical: 3)
        let estimate = try #require(found)
        #expect(estimate.low...estimate.high ~= 2.9)
        #expect(estimate.halfWidth < 2)
    }
}

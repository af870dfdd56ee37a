import Bytes
import Foundation
import Platform
import Testing
import Timing

@Suite struct StatisticsTests {
    // Critical values of the normal distribution: Python's statistics.NormalDist.
    @Test(arguments: [
        (0.3173105078629141, 1.0), (0.05, 1.959963984540054), (0.01, 2.575829303548901), (0.001, 3.290526731491931),
        (0.01 / 30, 3.587914672288), (1e-9, 6.109410191663),
    ])
    func theCriticalValuesAreThoseOfTables(probability: Double, value: Double) {
        #expect(abs(Normal.critical(bothTails: probability) - value) < 1e-6)
        #expect(abs(Normal.bothTails(beyond: value) - probability) < 1e-6 * max(probability, 1e-3))
    }

    // Sums of binomial coefficients in Python.
    @Test(arguments: [
        (0, 0, 1.0), (5, 5, 1.0), (0, 10, 0.001953125), (3, 17, 0.002576828), (9, 1, 0.021484375),
        (520, 480, 0.217448293), (33_000, 32_000, 8.9111896e-5),
    ])
    func theSignTestIsExact(positive: Int, negative: Int, probability: Double) {
        let found = SignTest.probability(positive: positive, negative: negative)
        #expect(abs(found - probability) <= 1e-6 * probability, "\(found)")
        #expect(found == SignTest.probability(positive: negative, negative: positive))
    }

    @Test func everyContrastIsAntisymmetric() {
        for experiment in [Experiment.firstWrongSymbol(of: 64), .firstWrongSymbol(of: 43), .pair("first", "all")] {
            let contrasts = experiment.contrasts + [experiment.repetition, experiment.delay]
            for contrast in contrasts {
                #expect(contrast.weights.count == experiment.classes.count)
                #expect(contrast.isAntisymmetric, "\(contrast)")
            }
        }
        // The tempting average of the two references is not: it would find leaks that are not there.
        #expect(!Contrast.pooled.isAntisymmetric)
    }

    @Test func aHexadecimalSignatureIsWrongInItsQuarters() {
        let experiment = Experiment.firstWrongSymbol(of: 64)
        #expect(experiment.classes.map(\.name) == ["0", "0'", "16", "32", "48", "63", "delayed"])
        #expect(experiment.classes.map(\.position) == [0, 0, 16, 32, 48, 63, 0])
    }

    @Test func tooFewDifferencesSayNothing() {
        #expect(Estimate(of: [], critical: 2) == nil)
        #expect(Estimate(of: [1, -1, 2], critical: 2) == nil)
        #expect(Estimate(of: [Double](repeating: 0, count: 5000), critical: 2) == nil)
    }

    @Test func anEffectIsFoundInHeavyTailsAndDrift() throws {
        let experiment = Experiment.firstWrongSymbol(of: 64)
        let samples = Samples.simulated(experiment, tuples: 4000, seed: 3) { Double($0.position ?? 0) * 4 }
        let look = try #require(Look(samples, critical: 3.6))
        for finding in look.contrasts.prefix(4) {
            let truth = Double(finding.position ?? 0) * 4
            #expect(finding.estimate.low...finding.estimate.high ~= truth, "\(finding)")
        }
        #expect(look.clearest?.estimate.isEffect == true)
        #expect(!look.repetition.isEffect)
        // The times predict each other, the differences do not.
        #expect(Series.autocorrelation(of: samples.times[0]) > 0.5)
        #expect(abs(Series.autocorrelation(of: samples.differences(experiment.repetition))) < 3 / 4000.squareRoot())
    }

    @Test func whatSaysNoEffectKeepsItsErrorBudget() {
        let experiment = Experiment.firstWrongSymbol(of: 64)
        let critical = Normal.critical(bothTails: 0.05)
        var rejected = 0
        for seed in 0..<100 {
            let samples = Samples.simulated(experiment, tuples: 300, seed: UInt64(seed) + 1000)
            let estimate = Estimate(of: samples.differences(experiment.contrasts[4]), critical: critical)
            if abs(estimate?.z ?? 9) > critical { rejected += 1 }
        }
        // Five are expected; 14 or more have a probability below 0.001.
        #expect(rejected < 14)
        #expect(rejected > 0)
    }

    @Test(.enabled(if: NumPy.isExpected, "python3 with NumPy is not installed; .ci/peers installs it"))
    func numPyFindsTheSame() throws {
        let experiment = Experiment.firstWrongSymbol(of: 64)
        var noise = Noise(seed: 77)
        var (samples, raw) = (Samples(experiment), RawSamples.header)
        for number in 0..<2500 {
            let tuple = Tuple.simulated(experiment, &noise) { Double($0.position ?? 0) * 2 }
            samples.add(tuple)
            raw += RawSamples.lines(run: 1, number: number, tuple, experiment)
        }
        let python = try #require(try NumPy.run(raw, critical: 3.6), "python3 with NumPy is not installed")
        let contrasts = experiment.contrasts + [experiment.repetition, experiment.delay]
        for contrast in contrasts {
            let estimate = try #require(Estimate(of: samples.differences(contrast), critical: 3.6))
            let other = try #require(python[contrast.name])
            for (name, value) in [
                ("clip", estimate.clip), ("z", estimate.z), ("effect", estimate.effect), ("low", estimate.low),
                ("high", estimate.high), ("standardError", estimate.standardError),
            ] {
                let theirs = try #require(other[name])
                #expect(
                    abs(value - theirs) <= 1e-6 * max(1, abs(theirs)), "\(contrast.name) \(name): \(value) \(theirs)")
            }
        }
    }
}

extension Contrast {
    fileprivate static let pooled = Contrast(name: "pooled", weights: [-0.5, -0.5, 1])
}

/// The same statistics by another hand.
enum NumPy {
    /// Whether it is here; CI must have it.
    static var isExpected: Bool {
        if ProcessInfo.processInfo.environment["CI"] == "true" { return true }
        return pythons.contains { output(of: [$0, "-c", "import numpy"]) != nil }
    }

    private static let pythons = [".peers/bin/python", "python3"]

    /// Returns the statistics of a file of raw times; `nil` where there is no NumPy.
    static func run(_ raw: [UInt8], critical: Double) throws -> [String: [String: Double]]? {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "timing-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("raw.csv")
        try Data(raw).write(to: file)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("reference.py")
        for python in pythons {
            if let output = output(of: [python, script.path, file.path, "\(critical)"]) {
                return try JSONDecoder().decode([String: [String: Double]].self, from: output)
            }
        }
        return nil
    }

    /// Returns what a command prints; `nil` when it can't be run or fails.
    private static func output(of command: [String]) -> Data? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? output : nil
    }
}

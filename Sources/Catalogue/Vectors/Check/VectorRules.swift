internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes

/// The rules that every test of a vector file follows.
struct VectorRules {
    let set: CheckedSet
    let tests: [CheckedTest]
    private(set) var problems: [JSONProblem] = []

    init(set: CheckedSet, tests: [CheckedTest]) {
        self.set = set
        self.tests = tests
    }

    mutating func check() {
        var seen = Set<String>()
        for test in tests {
            if !seen.insert(test.id).inserted { report(test, "the id appears twice") }
            for flag in test.flags where !set.noted.contains(flag) {
                report(test, "the flag \(flag) is not explained in the notes")
            }
            checkMAC(test, test.probe, name: "probe")
            guard let control = control(of: test) else { continue }
            checkOneFactor(test, control: control)
            switch test.expected {
            case .accepted: checkSigned(test, test.probe, name: "probe")
            case .rejected: checkNotRight(test)
            case .either, .delivered: break
            }
        }
        let used = Set(tests.flatMap(\.flags))
        for flag in set.noted where !used.contains(flag) {
            problems.append(JSONProblem("", "the notes explain \(flag), which no test has"))
        }
    }

    private mutating func report(_ test: CheckedTest, _ message: String) {
        problems.append(JSONProblem(test.path, "test \(test.id): \(message)"))
    }

    private mutating func control(of test: CheckedTest) -> CheckedRequest? {
        switch test.control {
        case .inline(let request):
            checkMAC(test, request, name: "control")
            checkSigned(test, request, name: "control")
            return request
        case .named(let name):
            guard let other = tests.first(where: { $0.id == name }) else {
                report(test, "its control '\(name)' is not in the file")
                return nil
            }
            if other.expected != .accepted { report(test, "its control '\(name)' is not expected to be accepted") }
            return other.probe
        }
    }

    private mutating func checkMAC(_ test: CheckedTest, _ request: CheckedRequest, name: String) {
        guard let message = request.message.bytes else { return }
        let right = set.algorithm.sign(message, key: set.key)
        guard !ConstantTime.equal(request.mac, right) else { return }
        report(test, "the MAC of the \(name) does not match its message: expected \(Hex.string(right))")
    }

    /// A request that must be accepted is signed over what is sent.
    private mutating func checkSigned(_ test: CheckedTest, _ request: CheckedRequest, name: String) {
        guard request.body.bytes != nil, let message = request.message.bytes else { return }
        if !set.messages(of: request).contains(message) {
            report(test, "the \(name)'s message is not what the template yields for the request")
        }
        if !set.candidates(in: request).contains(where: { set.encoding.decode($0) == request.mac }) {
            report(test, "the \(name) must be accepted, but does not carry the MAC of its message")
        }
    }

    /// A probe that is wrong only in its signature does not carry the correct one.
    private mutating func checkNotRight(_ test: CheckedTest) {
        let found: Change = test.changes
        guard !found.isEmpty, found.isSubset(of: [.signature, .message, .body]), !test.refusesBody else { return }
        let lines = test.probe.values(named: set.header)
        guard lines.count == 1, let right = set.rightHeader(for: test.probe), lines[0] == right else { return }
        report(test, "the probe must be rejected for its signature, but carries the correct one for what it sends")
    }

    /// Honesty rule 2, from the two requests in the file.
    private mutating func checkOneFactor(_ test: CheckedTest, control: CheckedRequest) {
        let found = set.differences(control, test.probe)
        let undeclared = found.subtracting(test.changes).words
        let unfounded = test.changes.subtracting(found).words
        if !undeclared.isEmpty {
            report(test, "control and probe differ in aspects that the mutation does not name: \(listed(undeclared))")
        }
        if !unfounded.isEmpty {
            report(test, "control and probe do not differ in aspects that the mutation names: \(listed(unfounded))")
        }
    }

    private func listed(_ words: [String]) -> String { words.joined(separator: ", ") }
}

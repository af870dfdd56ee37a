internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Synchronization
internal import Transport

/// What an answer reveals.
struct RevealingText {
    private let answer: HTTPResponse
    private let request: HTTPRequest
    private lazy var texts = Self.parts(of: answer).flatMap(ShownText.readings)

    init(_ answer: HTTPResponse, to request: HTTPRequest) {
        self.answer = answer
        self.request = request
    }

    private static func parts(of answer: HTTPResponse) -> [[UInt8]] {
        [answer.reason, answer.body] + answer.headers.fields.map(\.value)
    }

    /// The first page or trace for developers.
    var debugPage: DebugPage? { mutating get { DebugPage.shown(in: texts) } }

    /// Whether it holds a signature in any usual spelling, which the request itself did not bring along.
    mutating func holds(signature: [UInt8], of encoding: SignatureEncoding) -> Bool {
        // Sixteen characters of it can't appear by chance; case is folded.
        let bytes = encoding.decode(signature)
        let spellings =
            [signature] + (bytes.map { [Hex.encode($0), Base64.encode($0), Base64.encode($0, alphabet: .url)] } ?? [])
        let needles = Set(spellings.map { $0.prefix(16).map(ASCII.lowercased) })
            .filter { $0.count >= 8 }
        let brought = request.wireBytes.map(ASCII.lowercased)
        let folded = texts.map { $0.map(ASCII.lowercased) }
        return needles.contains { needle in
            folded.contains { ASCII.firstRange(of: needle, in: $0) != nil }
                && ASCII.firstRange(of: needle, in: brought) == nil
        }
    }

    /// Whether it holds a secret that a redactor knows, and that the request itself did not bring along.
    func holdsSecret(_ redactor: Redactor) -> Bool {
        let shown = Self.parts(of: answer).reduce(into: Set()) { $0.formUnion(redactor.names(in: $1)) }
        return !shown.isEmpty && !shown.isSubset(of: redactor.names(in: request.wireBytes))
    }
}

/// What the errors of a run reveal, whatever request caused them.
final class Disclosures: Sendable {
    private let found = Mutex<[Disclosure: Exchanger.Sent]>([:])

    /// Reads an answer for what was not found so far: one page is shown for many errors, and the case that tells of it
    /// needs one.
    func read(_ sent: Exchanger.Sent, _ environment: RunEnvironment) {
        guard let answer = sent.observed.answer else { return }
        let known = Set(found.withLock { Array($0.keys) }.map(\.kind))
        var text = RevealingText(answer, to: sent.request.request)
        if !known.contains(.rightSignature) {
            let scheme = environment.configuration.scheme
            let right = scheme.rightSignature(for: sent.request.request, key: environment.secrets.signing.key)
            if text.holds(signature: right, of: scheme.signature.encoding) { note(.rightSignature, sent) }
        }
        if !known.contains(.secret), text.holdsSecret(environment.redactor) { note(.secret, sent) }
        if !known.contains(.internals), let page = text.debugPage { note(.internals(page.name), sent) }
    }

    private func note(_ disclosure: Disclosure, _ sent: Exchanger.Sent) {
        found.withLock { found in
            let isKnown = found.keys.contains { $0.kind == disclosure.kind }
            if !isKnown { found[disclosure] = sent }
        }
    }

    /// What was found, the worst last.
    var all: [(disclosure: Disclosure, sent: Exchanger.Sent)] {
        found.withLock { $0 }.sorted { $0.key.kind < $1.key.kind }.map { (disclosure: $0.key, sent: $0.value) }
    }
}

extension Report {
    /// Puts in what errors revealed: a failure of the case that asks for it, whichever request it was.
    mutating func add(_ disclosures: Disclosures, _ environment: RunEnvironment) {
        for (disclosure, sent) in disclosures.all {
            guard let testCase = Catalogue.named(disclosure.testCase) else { continue }
            let place = cases.firstIndex { $0.id == testCase.id }
            // The case's own request may have shown it already.
            if let place, cases[place].impact == .leak, disclosure.kind == .internals { continue }
            var result = CaseResult(
                testCase, environment.configuration, impact: .leak, reason: .disclosed(disclosure),
                observed: sent.summary, control: place.flatMap { cases[$0].control })
            if disclosure.kind != .internals {
                // That a secret stays one is no matter of the scheme's document.
                result.info.level = .must
                result.info.severity = .critical
                result.outcome = .fail
            }
            if let place { cases[place] = result } else { cases.append(result) }
            keep(sent, asEvidenceOf: testCase.id, environment)
        }
    }
}

extension Disclosure {
    /// The case whose question it answers.
    fileprivate var testCase: String {
        switch self {
        case .rightSignature: "contract/wrong-signature-keeps-the-right-one"
        case .secret, .internals: "contract/malformed-signature-hides-internals"
        }
    }
}

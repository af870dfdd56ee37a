import Bytes
import Catalogue
import Reference
import ReportModel
import Schemes
import Testing
import Transport

@Suite("The stepped verifier")
struct SteppedVerifierTests {
    static let families: Set = ["presence", "signature", "algorithm", "header"]

    @Test("decides as the strict one does about each control and probe", arguments: SchemeLibrary.names)
    func agrees(name: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: name))
        let context = VectorContext.context(of: scheme)
        let secrets = [VectorContext.secondSecret(of: scheme), context.secret]
        let strict = Verifier(scheme: scheme, secrets: secrets, credentials: context.credentials)
        let stepped = SteppedVerifier(
            scheme: scheme, credentials: context.credentials, steps: VerificationSteps())
        for testCase in Catalogue.cases(for: scheme) {
            guard let probe = testCase.probe else { continue }
            for signed in [probe.controlRequest(context), probe.probeRequest(context)] {
                for request in [signed.request, signed.request.withTrimmedValues] {
                    let verdict = strict.verify(request, now: context.now)
                    #expect(verdict == stepped.verify(request, secrets: secrets, now: context.now), "\(testCase.id)")
                    // The first secret signed nothing.
                    #expect(verdict != .accepted(secret: 0), "\(testCase.id)")
                }
            }
        }
    }

    /// How servers and frameworks differ, soundly, where no document says which is right.
    enum Leniency: String, CaseIterable, Sendable {
        case firstWins, lastWins, joins

        func choose(_ values: [[UInt8]]) -> [UInt8]? {
            switch self {
            case .firstWins: values.first
            case .lastWins: values.last
            case .joins: values.isEmpty ? nil : Array(values.joined(separator: Array(", ".utf8)))
            }
        }

        /// Reads lists as forgiving libraries do: blanks are trimmed, what has no key is skipped, `t` may repeat.
        func read(_ text: [UInt8], _ scheme: Scheme) -> SignatureReading? {
            guard case .fields(_, let key) = scheme.signature.grammar, case .field(let field) = scheme.timestamp else {
                return SignatureHeader(of: scheme).read(text)
            }
            let pairs = ASCII.split(text, separator: UInt8(ascii: ",")).compactMap { piece -> ([UInt8], [UInt8])? in
                let piece = ASCII.trimmed(piece)
                guard let equals = piece.firstIndex(of: UInt8(ascii: "=")) else { return nil }
                return (Array(piece[..<equals]), Array(piece[(equals + 1)...]))
            }
            let values = { (name: String) in pairs.filter { $0.0.elementsEqual(name.utf8) }.map(\.1) }
            let stamps = values(field)
            return SignatureReading(
                candidates: values(key), timestamp: self == .firstWins ? stamps.first : stamps.last)
        }
    }

    @Test(
        "never fail a sound endpoint for what documents leave open", arguments: Leniency.allCases, SchemeLibrary.names)
    func lenientVerifier(leniency: Leniency, name: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: name))
        var steps = VerificationSteps()
        steps.onlyLine = leniency.choose
        steps.readSignature = leniency.read
        let context = VectorContext.context(of: scheme)
        let verifier = SteppedVerifier(
            scheme: scheme, credentials: context.credentials, steps: steps)
        let musts = Catalogue.cases(for: scheme).filter { testCase in
            Self.families.contains(testCase.family) && testCase.level(in: scheme) == .must && testCase.profile != .audit
        }
        for testCase in musts {
            guard let probe = testCase.probe, probe.expectation.decision != .either else { continue }
            let request = probe.probeRequest(context).request.withTrimmedValues
            let isAccepted = verifier.verify(request, secrets: [context.secret], now: context.now).isAccepted
            #expect(isAccepted == (probe.expectation.decision == .accepted), "\(testCase.id)")
        }
    }
}

extension HTTPRequest {
    /// What a server hands over: the spaces around a header's value are gone (RFC 9112 §5.1).
    fileprivate var withTrimmedValues: HTTPRequest {
        with { request in
            for place in request.headers.fields.indices {
                request.headers.fields[place].value = ASCII.trimmed(request.headers.fields[place].value)
            }
        }
    }
}

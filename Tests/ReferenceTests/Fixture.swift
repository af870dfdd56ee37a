import Bytes
import Catalogue
import Harness
import Platform
import Reference
import ReportModel
import Schemes
import Subjects
import Testing
import Transport

/// Every built-in scheme, read once.
let schemes = SchemeLibrary.all

/// The endpoint of the vectors: their clock, secrets and credentials.
func vectorEndpoint(_ schemes: [Scheme], flaws: [Flaw] = []) -> ReferenceEndpoint {
    ReferenceEndpoint(
        schemes: schemes, secrets: { [VectorContext.secret(of: $0)] }, credentials: VectorContext.credentials,
        flaws: flaws, clock: { VectorContext.clock })
}

/// A probe and its control, signed once for every endpoint that is asked.
struct SignedProbe: Sendable {
    private let probe: Probe
    private let scheme: Scheme
    private let context: RequestContext
    private let control: SignedRequest
    private let request: SignedRequest
    private let right: [UInt8]

    init(_ probe: Probe, of scheme: Scheme) {
        self.probe = probe
        self.scheme = scheme
        context = VectorContext.context(of: scheme)
        control = probe.controlRequest(context)
        request = probe.probeRequest(context)
        right = scheme.rightSignature(for: request.request, key: context.secret.key)
    }

    /// The judgement at an endpoint in this process; `nil` when the control was not accepted.
    func judgement(at endpoint: ReferenceEndpoint) -> Judgement? {
        let subject = InProcessSubject(path: context.target, now: { VectorContext.clock }) { endpoint.answer($0) }
        let session = subject.openSession(until: StopSignal())
        func send(_ request: SignedRequest) -> Observed {
            session.send(
                Attempt(
                    request: request, now: context.now, secrets: [context.secret], credentials: context.credentials))
        }
        let accepted = send(control)
        let observed = send(request)
        guard accepted.observation(by: scheme.responses) == .accepted,
            let observation = observed.observation(by: scheme.responses)
        else { return nil }
        return Judgement(
            probe, scheme: scheme, request: request.request, observation: observation, observed: observed, right: right)
    }
}

extension ServerAction {
    /// The answer, if this is one.
    var response: HTTPResponse? {
        switch self {
        case .answer(let response), .answerAndClose(let response): response
        case .close, .hang, .raw, .script: nil
        }
    }

    /// The status of the answer, if this is one.
    var status: Int? { response?.status }

    /// The body of the answer as text, empty when there is none.
    var text: String { String(decoding: response?.body ?? [], as: UTF8.self) }
}

internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes
internal import Transport

/// A recipe that a target may verify by.
struct Hypothesis: Sendable {
    /// Its place in the list of all, which identifies it.
    let number: Int
    /// What differs from the document.
    let steps: [Step]

    /// How likely it is beside the others.
    var weight: Int { steps.map(\.weight).min() ?? 0 }

    /// How it can share a request with others.
    var bundle: Bundle {
        switch steps.first.map(\.change) {
        case .wire where steps.count == 1 && SignatureSteps.headerNames.contains(steps[0].deviation.id): .headers
        case .wire, .sentTimestamp: .alone
        case .scheme: .schemes
        default: steps.contains { $0.isSeenOnTheWire } ? .alone : .list
        }
    }

    /// How hypotheses can share a request.
    enum Bundle: Sendable {
        /// Not at all.
        case alone
        /// The same signature in several headers.
        case headers
        /// Each scheme in headers of its own.
        case schemes
        /// Several signatures in one header, where the scheme has a list and the target reads it.
        case list
    }
}

extension Step {
    /// Whether it changes more than the signature's text.
    var isSeenOnTheWire: Bool {
        switch change {
        case .wire, .sentTimestamp, .scheme: true
        default: false
        }
    }
}

/// Makes the requests that ask a target about hypotheses.
struct Questioner {
    private let context: RequestContext
    private let secret: Secret
    /// Whether the signatures are random bytes, which must be refused. A random key would not do: some recipes use none.
    private let isForged: Bool

    init(_ context: RequestContext, isForged: Bool = false) {
        self.context = context
        secret = context.secret
        self.isForged = isForged
    }

    /// Returns the draft of a request; `nil` when its body can't be written in this way.
    func draft(_ variant: BodyVariant) -> Draft? {
        var draft = Draft(context)
        return variant.apply(to: &draft) ? draft : nil
    }

    /// What identifies the request of a hypothesis: two with the same mark are the same request. `nil` where the
    /// hypothesis does not apply.
    func mark(_ hypothesis: Hypothesis, _ draft: Draft, _ body: BodySource) -> [UInt8]? {
        guard hypothesis.bundle != .schemes else { return Array("scheme \(hypothesis.number)".utf8) }
        guard let text = signature(hypothesis, draft, body) else { return nil }
        let wires = hypothesis.steps.filter(\.isSeenOnTheWire).map { "\n\($0.deviation.id)" }.joined()
        return text + wires.utf8
    }

    /// Returns the request that asks about hypotheses; all of one mark, or of one bundle.
    func request(_ hypotheses: [Hypothesis], _ variant: BodyVariant) -> SignedRequest? {
        guard var draft = draft(variant), let first = hypotheses.first else { return nil }
        let body = BodySource(draft.body)
        if first.bundle == .schemes {
            for hypothesis in hypotheses { add(hypothesis, to: &draft) }
            return draft.signedRequest()
        }
        for case .sentTimestamp(let form) in first.steps.map(\.change) { draft.timestamp = form(context.now) }
        if first.bundle == .headers {
            for step in hypotheses.flatMap(\.steps) { Self.apply(step, to: &draft) }
            if isForged {
                sign(&draft, texts: [draft.encoding.encode(forged(draft.algorithm.sign(draft.message, key: [])))])
            }
            return draft.signedRequest()
        }
        var texts = [[UInt8]]()
        for hypothesis in hypotheses {
            guard let text = signature(hypothesis, draft, body) else { continue }
            if !texts.contains(text) { texts.append(text) }
        }
        guard !texts.isEmpty else { return nil }
        for step in first.steps { Self.apply(step, to: &draft) }
        sign(&draft, texts: texts)
        return draft.signedRequest()
    }

    /// Returns the text of a hypothesis's signature; `nil` where it does not apply.
    private func signature(_ hypothesis: Hypothesis, _ draft: Draft, _ body: BodySource) -> [UInt8]? {
        var (bytes, key, template) = (body.bytes, secret.key, draft.template)
        var code = Code.sound(draft.algorithm)
        var stamp = draft.timestamp
        var write: @Sendable ([UInt8]) -> [UInt8] = { [encoding = draft.encoding] in encoding.encode($0) }
        for step in hypothesis.steps {
            switch step.change {
            case .body(let form):
                guard let form = form(body) else { return nil }
                bytes = form
            case .timestamp(let form):
                guard let form = form(StampSource(stamp, json: body.json)) else { return nil }
                stamp = form
            case .sentTimestamp(let form): stamp = form(context.now)
            case .message(let message): template = message
            case .key(let form):
                guard
                    let form = form(
                        KeySource(text: secret.text, key: secret.key, rule: context.scheme.signature.secret))
                else { return nil }
                key = form
            case .code(let other): code = other
            case .text(let text): write = text
            case .wire, .scheme: break
            }
        }
        let message = template.message { field in
            switch field {
            case .body: bytes
            case .timestamp: stamp
            case .id: draft.eventID
            case .method: Array(draft.method.utf8)
            case .target: Array(draft.target.utf8)
            case .tokenHeader, .tokenClaims: []
            }
        }
        let mac = code.sign(message, key: key)
        guard !mac.isEmpty else { return nil }
        return write(isForged ? forged(mac) : mac)
    }

    /// Returns random bytes, as many as a code has.
    private func forged(_ mac: [UInt8]) -> [UInt8] { RandomBytes.make(count: mac.count) }

    /// Returns those of some hypotheses that one of the asked ones makes the same signature as, on this very request.
    func alike(_ asked: [Hypothesis], among others: [Hypothesis], _ variant: BodyVariant) -> [Hypothesis] {
        guard let draft = draft(variant) else { return asked }
        let body = BodySource(draft.body)
        let marks = Set(asked.compactMap { mark($0, draft, body) })
        return others.filter { mark($0, draft, body).map(marks.contains) ?? false }
    }

    /// Puts the texts of signatures into the signature header, the two likeliest at its ends: many endpoints read only
    /// the first or the last.
    private func sign(_ draft: inout Draft, texts: [[UInt8]]) {
        guard let first = texts.first else { return }
        let others = texts.count > 2 ? texts.dropFirst(2) + [texts[1]] : texts.dropFirst()
        draft.onceSigned { parts in
            guard let place = parts.signaturePlace else { return }
            parts.elements[place].value = first
            let key = parts.elements[place].key
            parts.elements.insert(contentsOf: others.map { SignedParts.Element(key, $0) }, at: place + 1)
        }
    }

    private static func apply(_ step: Step, to draft: inout Draft) {
        guard case .wire(let change) = step.change else { return }
        let scheme = draft.context.scheme
        draft.onTheWire { change(&$0, scheme) }
    }

    /// Adds the headers with which another scheme signs the same body.
    private func add(_ hypothesis: Hypothesis, to draft: inout Draft) {
        guard case .scheme(let other) = hypothesis.steps.first?.change,
            let theirs = try? Secret(isForged ? RandomBytes.make(count: 32) : secret.text, rule: other.signature.secret)
        else { return }
        let context = RequestContext(
            scheme: other, payload: other.payloads[0], secret: theirs, credentials: [:], now: context.now,
            eventID: context.eventID, text: context.text, authority: context.authority, target: context.target,
            bodyTemplate: draft.body)
        let request = Draft(context).signedRequest().request
        let names = other.signatureHeaders
        draft.onTheWire { sent in
            for field in request.headers.fields
            where names.contains(where: { ASCII.equalsIgnoringCase(field.name, Array($0.utf8)) }) {
                sent.headers.fields.append(field)
            }
        }
    }
}

extension Scheme {
    /// The headers that carry the signature and what is signed besides the body.
    var signatureHeaders: [String] {
        var names = [signature.header]
        if case .header(let name) = timestamp { names.append(name) }
        if case .header(let name) = eventID { names.append(name) }
        return names
    }
}

import Bytes
import Schemes
import Transport

@testable import Diagnosis

/// An endpoint that verifies by one step's recipe. It puts the message together from the bytes that it received.
struct RecipeEndpoint {
    let scheme: Scheme
    let step: Step
    let secret: Secret
    let now: Int64

    /// Whether it accepts a request.
    func accepts(_ request: HTTPRequest) -> Bool {
        if case .scheme(let other) = step.change {
            guard let theirs = try? Secret(secret.text, rule: other.signature.secret) else { return false }
            return Verifier(scheme: other, secrets: [theirs]).verify(request, now: now).isAccepted
        }
        var received = request
        if case .wire(let change) = step.change {
            // What the documented request would have become on the wire must be there.
            var changed = request
            changed.headers.fields.removeAll { field in
                SignatureSteps.headerNames.contains { ASCII.equalsIgnoringCase(field.name, Array($0.utf8)) }
                    && !ASCII.equalsIgnoringCase(field.name, Array(scheme.signature.header.utf8))
            }
            let right = scheme.rightSignature(for: changed, key: secret.key)
            if case .value(let prefix) = scheme.signature.grammar {
                changed.headers.set(scheme.signature.header, Array(prefix.utf8) + right)
            } else if !candidates(changed).contains(right) {
                return false
            }
            change(&changed, scheme)
            return changed.headers.fields.allSatisfy(received.headers.fields.contains)
        }
        if case .sentTimestamp(let form) = step.change {
            guard scheme.sentTimestamp(in: request) == form(now) else { return false }
            let text = scheme.rightSignature(for: request, key: secret.key)
            return candidates(request).contains(text)
        }
        guard let expected = expected(&received) else { return false }
        return candidates(request).contains(expected)
    }

    /// Whether there is a signature that it accepts for a request.
    func applies(to request: HTTPRequest) -> Bool {
        switch step.change {
        case .sentTimestamp, .wire, .scheme: return true
        case .body, .timestamp, .message, .key, .code, .text:
            var received = request
            return expected(&received) != nil
        }
    }

    private func candidates(_ request: HTTPRequest) -> [[UInt8]] {
        guard let value = request.headers.first(named: scheme.signature.header) else { return [] }
        return SignatureHeader(of: scheme).read(value)?.candidates ?? []
    }

    private func expected(_ request: inout HTTPRequest) -> [UInt8]? {
        let source = BodySource(request.body)
        let sent = scheme.sentTimestamp(in: request) ?? []
        var (body, stamp, key) = (request.body, sent, secret.key)
        var template = scheme.signature.message
        var code = Code.sound(scheme.signature.algorithm)
        var write: ([UInt8]) -> [UInt8] = scheme.signature.encoding.encode
        switch step.change {
        case .body(let form):
            guard let form = form(source) else { return nil }
            body = form
        case .timestamp(let form):
            guard let form = form(StampSource(sent, json: source.json)) else { return nil }
            stamp = form
        case .message(let other): template = other
        case .key(let form):
            guard
                let form = form(KeySource(text: secret.text, key: secret.key, rule: scheme.signature.secret))
            else { return nil }
            key = form
        case .code(let other): code = other
        case .text(let text): write = text
        case .sentTimestamp, .wire, .scheme: return nil
        }
        var message = [UInt8]()
        for part in template.parts {
            switch part {
            case .literal(let bytes): message += bytes
            case .field(.body): message += body
            case .field(.timestamp): message += stamp
            case .field(.id):
                if case .header(let name) = scheme.eventID { message += request.headers.first(named: name) ?? [] }
            case .field(.method): message += request.method
            case .field(.target): message += request.target
            case .field: return nil
            }
        }
        return write(code.sign(message, key: key))
    }
}

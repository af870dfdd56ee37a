package import ReportModel
package import Schemes
internal import Transport

extension Change {
    /// Returns the aspects in which two requests differ.
    package static func between(_ control: SignedRequest, _ probe: SignedRequest, scheme: Scheme) -> Change {
        let (left, right) = (control.request, probe.request)
        var change: Change = []
        if left.method != right.method { change.insert(.method) }
        if left.target != right.target { change.insert(.target) }
        if left.framing != right.framing { change.insert(.framing) }
        if left.body != right.body { change.insert(.body) }
        if control.message != probe.message { change.insert(.message) }
        let aspects = headerAspects(of: scheme)
        for name in Set((left.headers.fields + right.headers.fields).map { lowercased($0.name) }) {
            let lines = { (request: HTTPRequest) in request.headers.fields.filter { lowercased($0.name) == name } }
            if lines(left) != lines(right) { change.insert(aspects[name] ?? .headers) }
        }
        return change
    }

    /// These aspects and the ones that follow from them in a scheme: a timestamp in the signature header changes that
    /// header, and an id in the body changes the body and its signature.
    package func consequences(in scheme: Scheme) -> Change {
        var change = self
        if contains(.timestamp), case .field = scheme.timestamp { change.insert(.signature) }
        if contains(.eventID), case .pointer = scheme.eventID { change.formUnion(.signedBody) }
        return change
    }

    private static func headerAspects(of scheme: Scheme) -> [String: Change] {
        var aspects = ["content-type": Change.contentType, scheme.signature.header.lowercased(): .signature]
        if case .header(let name) = scheme.timestamp { aspects[name.lowercased()] = .timestamp }
        if case .header(let name) = scheme.eventID { aspects[name.lowercased()] = .eventID }
        for credential in scheme.credentials { aspects[credential.header.lowercased()] = .credential }
        return aspects
    }

    private static func lowercased(_ name: [UInt8]) -> String { String(decoding: name, as: UTF8.self).lowercased() }
}

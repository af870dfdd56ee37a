internal import Bytes
internal import ReportModel
internal import Schemes

/// Messages that other schemes sign, and what becomes of one when its parts are joined in another way.
enum MessageSteps {
    /// Returns the messages other than the documented one that the values of a request can make, the likeliest first.
    ///
    /// - Parameters:
    ///   - scheme: how requests are signed.
    ///   - url: the public URL, which some schemes sign.
    static func all(for scheme: Scheme, url: String?) -> [Step] {
        let documented = scheme.signature.message
        var available: Set<MessageTemplate.Field> = [.body, .method, .target]
        if scheme.timestamp != nil { available.insert(.timestamp) }
        if case .header = scheme.eventID { available.insert(.id) }
        guard scheme.token == nil else { return [] }
        var seen: Set<MessageTemplate> = [documented]
        var steps = [Step]()
        func add(_ template: MessageTemplate?, _ weight: Int) {
            guard let template, seen.insert(template).inserted else { return }
            let fields = template.parts.compactMap { if case .field(let field) = $0 { field } else { nil } }
            guard !fields.isEmpty, fields.allSatisfy(available.contains) else { return }
            let text = printable(template.text)
            let deviation = Deviation(
                .message, text, actual: "the message \(text)", documented: "the message \(printable(documented.text))")
            steps.append(Step(deviation, weight: weight, .message(template)))
        }
        for template in KnownSchemes.all.map(\.signature.message) { add(template, 50) }
        for template in vendors { add(try? MessageTemplate(template), 40) }
        for template in parted(documented) { add(template, 30) }
        for (order, weight) in orders {
            for (place, separator) in separators.enumerated() {
                for prefix in place < 3 ? prefixes : [""] {
                    let braced = order.map { "{\($0)}" }.joined(separator: separator)
                    add(try? MessageTemplate(prefix + braced), max(3, weight - 2 * place - (prefix.isEmpty ? 0 : 6)))
                }
            }
        }
        if let url {
            let literal = MessageTemplate.Part.literal(Array(url.utf8))
            for parts in [
                [literal, .field(.body)], [.field(.body), literal], [.field(.timestamp), literal, .field(.body)],
            ] {
                add(MessageTemplate(parts: parts), 16)
            }
        }
        return steps.sorted { $0.weight > $1.weight }
    }

    /// What vendors sign whose schemes are not built in.
    private static let vendors = [
        "v1:{timestamp}:{body}", "{timestamp}:{body}", "{body}.{timestamp}", "{timestamp}|{body}",
        "{timestamp}\n{body}",
        "hmacsha256={body}", "{method}{target}{body}{timestamp}", "{timestamp}{method}{target}{body}",
        "{id}{timestamp}{body}", "{method}\n{target}\n{body}", "{target}{body}",
    ]

    private static let orders: [(fields: [String], weight: Int)] = [
        (["timestamp", "body"], 28), (["body", "timestamp"], 22), (["id", "timestamp", "body"], 20),
        (["timestamp", "id", "body"], 16), (["id", "body"], 14), (["body", "id"], 8),
        (["timestamp", "body", "id"], 7), (["id", "body", "timestamp"], 7), (["body", "id", "timestamp"], 6),
        (["body", "timestamp", "id"], 6), (["method", "target", "body"], 12),
        (["timestamp", "method", "target", "body"], 9), (["method", "target", "timestamp", "body"], 8),
        (["timestamp", "target", "body"], 7), (["target", "timestamp", "body"], 6), (["target", "body"], 8),
        (["method", "body"], 5), (["timestamp"], 10), (["id", "timestamp"], 9), (["id"], 6), (["target"], 4),
    ]

    private static let separators = [".", ":", "", "|", "\n", " ", "-", ",", "&", ";", "_", "/", "+", "\r\n"]
    private static let prefixes = ["", "v0:", "v1:", "v0.", "v1.", "v0", "v1"]

    /// The documented message with one part left out.
    private static func parted(_ template: MessageTemplate) -> [MessageTemplate] {
        guard template.parts.count > 1 else { return [] }
        return template.parts.indices.map { place in
            var parts = template.parts
            parts.remove(at: place)
            return MessageTemplate(parts: parts)
        } + [MessageTemplate(parts: template.parts + [.literal([0x0A])])]
    }
}

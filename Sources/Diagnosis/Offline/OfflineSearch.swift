internal import Bytes
internal import Cryptography
package import ReportModel
package import Schemes
internal import Transport

/// Finds the recipe by which a captured request was signed: the document's own, then those that differ in one step, then
/// in two.
///
/// Each value that a step makes is made once. A body is hashed once for each message and key it may be in, so the time
/// grows with its length only; pairs of steps hash it thousands of times, and are left out for large bodies.
package struct OfflineSearch {
    private let capture: Capture
    private let scheme: Scheme
    private let space: RecipeSpace
    private let stamp: [UInt8]
    private let id: [UInt8]
    private let targets: [SentSignature]
    private let body: BodySource
    private let keySource: KeySource
    /// The places of targets by the first eight bytes of each of their readings.
    private let index: [UInt64: [Int]]

    /// The largest body for which pairs are tried.
    static let mostBytesForPairs = 64 << 10
    /// The most recipes that are named.
    private static let named = 5

    /// Prepares a search.
    ///
    /// - Parameters:
    ///   - secret: the secret as the vendor shows it.
    ///   - key: its documented key.
    package init(_ capture: Capture, scheme: Scheme, secret: [UInt8], key: [UInt8]) {
        self.capture = capture
        self.scheme = scheme
        body = BodySource(capture.request.body)
        space = RecipeSpace(scheme, url: capture.url, body: body)
        stamp = scheme.sentTimestamp(in: capture.request) ?? []
        id = if case .header(let name) = scheme.eventID { capture.request.headers.first(named: name) ?? [] } else { [] }
        keySource = KeySource(text: secret, key: key, rule: scheme.signature.secret)
        targets = SentSignature.all(in: capture.request, scheme)
        var index = [UInt64: [Int]]()
        for (place, target) in targets.enumerated() {
            for reading in target.readings { index[Self.mark(reading), default: []].append(place) }
        }
        self.index = index
    }

    /// What was found, and how much was tried.
    package struct Result: Sendable {
        /// The recipes that fit, the likeliest first; an empty one is the document's own.
        package var recipes: [[Deviation]] = []
        /// How many recipes were tried.
        package var tried = 0
        /// Whether pairs of steps were tried where no single one fits.
        package var triedPairs = false
    }

    /// Searches until a number of steps fits, and returns every recipe with that number.
    package func run() -> Result {
        var result = Result()
        guard !targets.isEmpty else { return result }
        var hits = [Hit]()
        let sources = Sources(self)
        attempt(sources, changed: [], into: &hits, &result.tried)
        if hits.contains(where: { $0.steps.isEmpty }) || hits.isEmpty == false { return finish(hits, result) }
        hits += schemeHits(&result.tried)
        for aspect in Sources.aspects { attempt(sources, changed: [aspect], into: &hits, &result.tried) }
        if !hits.isEmpty { return finish(hits, result) }
        guard body.bytes.count <= Self.mostBytesForPairs else { return result }
        result.triedPairs = true
        for (place, first) in Sources.aspects.enumerated() {
            for second in Sources.aspects[(place + 1)...] {
                attempt(sources, changed: [first, second], into: &hits, &result.tried)
            }
        }
        return finish(hits, result)
    }

    private struct Hit {
        let steps: [Step]
        /// Steps that make the same bytes as these and can't be told from them.
        let twins: [[Step]]
    }

    private func finish(_ hits: [Hit], _ result: Result) -> Result {
        var result = result
        let fewest = hits.map(\.steps.count).min() ?? 0
        let recipes = hits.filter { $0.steps.count == fewest }.flatMap { [$0.steps] + $0.twins }
        let sorted = recipes.sorted { $0.reduce(0) { $0 + $1.weight } > $1.reduce(0) { $0 + $1.weight } }
        for steps in sorted {
            let deviations = steps.map(\.deviation).sorted { $0.aspect < $1.aspect }
            if !result.recipes.contains(deviations) { result.recipes.append(deviations) }
        }
        result.recipes = Array(result.recipes.prefix(Self.named))
        return result
    }

    // MARK: Trying

    /// Tries every recipe in which exactly these aspects differ from the document.
    private func attempt(_ sources: Sources, changed: [Deviation.Aspect], into hits: inout [Hit], _ tried: inout Int) {
        func values<Value>(_ aspect: Deviation.Aspect, _ all: [Sources.Value<Value>]) -> ArraySlice<
            Sources.Value<Value>
        > {
            changed.contains(aspect) ? all.dropFirst() : all.prefix(1)
        }
        for code in values(.algorithm, sources.codes) {
            guard
                code.value.length.map({ length in targets.contains { $0.readings.contains { $0.count <= length } } })
                    ?? true
            else { continue }
            for key in values(.key, sources.keys) {
                let hmac: HMAC? =
                    if case .sound(.hmac(let hash)) = code.value { HMAC(hash, key: key.value) } else { nil }
                for message in values(.message, sources.messages) {
                    for stamp in message.value.contains(.timestamp)
                        ? values(.timestamp, sources.stamps) : sources.stamps.prefix(1)
                    {
                        for body in message.value.contains(.body)
                            ? values(.body, sources.bodies) : sources.bodies.prefix(1)
                        {
                            let changedHere = [
                                body.steps.first, stamp.steps.first, message.steps.first, key.steps.first,
                                code.steps.first,
                            ]
                            guard changedHere.count(where: { $0 != nil }) == changed.count else { continue }
                            tried += 1
                            let mac: [UInt8]
                            if let hmac {
                                hmac.start()
                                for part in message.value.parts {
                                    hmac.add(bytes(of: part, stamp: stamp.value, body: body.value))
                                }
                                hmac.end()
                                mac = hmac.result
                            } else {
                                let message = message.value.parts.flatMap {
                                    bytes(of: $0, stamp: stamp.value, body: body.value)
                                }
                                mac = code.value.sign(message, key: key.value)
                            }
                            note(mac, [body.steps, stamp.steps, message.steps, key.steps, code.steps], into: &hits)
                        }
                    }
                }
            }
        }
    }

    private func bytes(of part: MessageTemplate.Part, stamp: [UInt8], body: [UInt8]) -> [UInt8] {
        switch part {
        case .literal(let bytes): bytes
        case .field(.timestamp): stamp
        case .field(.body): body
        case .field(.id): id
        case .field(.method): capture.request.method
        case .field(.target): capture.request.target
        case .field(.tokenHeader): []
        case .field(.tokenClaims): []
        }
    }

    private static func mark(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Records a hit if a signature was sent whose bytes these are, whole or cut.
    private func note(_ mac: [UInt8], _ steps: [[Step]], into hits: inout [Hit]) {
        guard mac.count >= 8, let places = index[Self.mark(mac)] else { return }
        let chosen = steps.compactMap(\.first)
        for target in places.map({ targets[$0] }) where target.readings.contains(where: { mac.starts(with: $0) }) {
            // Each aspect's twins, one at a time.
            let twins = steps.enumerated().flatMap { place, alternatives in
                alternatives.dropFirst().map { twin in
                    steps.enumerated().compactMap { $0 == place ? twin : $1.first }
                }
            }
            let rest = written(mac, target)
            hits.append(Hit(steps: chosen + rest, twins: twins.map { $0 + rest }))
            if rest.isEmpty { return }
        }
    }

    /// Returns how the text of a signature differs from the documented one of the same bytes, and its place.
    private func written(_ mac: [UInt8], _ target: SentSignature) -> [Step] {
        var steps = [Step]()
        if target.text != scheme.signature.encoding.encode(mac) {
            let text = space.texts.first { step in
                if case .text(let write) = step.change { write(mac) == target.text } else { false }
            }
            let other = Deviation(
                .encoding, "other", actual: "the signature cut or written in another way",
                documented: "the signature in \(scheme.signature.encoding.rawValue)")
            steps.append(text ?? Step(other, weight: 1, .text { $0 }))
        }
        if !target.isDocumented {
            let isThere = ASCII.equalsIgnoringCase(Array(target.header.utf8), Array(scheme.signature.header.utf8))
            let actual =
                isThere
                ? "another layout of \(scheme.signature.header)" : "the signature in \(printable(target.header))"
            let deviation = Deviation(
                .header, isThere ? "layout" : "name", actual: actual,
                documented: "the signature in \(scheme.signature.header), laid out as the scheme says")
            steps.append(Step(deviation, weight: 1, .wire { _, _ in }))
        }
        return steps
    }

    /// Tries the other schemes, each as it is.
    private func schemeHits(_ tried: inout Int) -> [Hit] {
        space.schemes.compactMap { step in
            guard case .scheme(let other) = step.change, let key = try? other.signature.secret.key(from: keySource.text)
            else { return nil }
            tried += 1
            let right = other.rightSignature(for: capture.request, key: key)
            let sent = capture.request.headers.first(named: other.signature.header)
            let candidates = sent.flatMap { SignatureHeader(of: other).read($0) }?.candidates ?? []
            return candidates.contains(right) ? Hit(steps: [step], twins: []) : nil
        }
    }

    // MARK: Values

    /// The values of each aspect, the documented one first. A value that several steps make is there once.
    private struct Sources {
        struct Value<Content> {
            /// The steps that make it; empty for the documented one.
            var steps: [Step]
            let value: Content
        }

        static let aspects: [Deviation.Aspect] = [.body, .timestamp, .message, .key, .algorithm]

        var bodies, stamps, keys: [Value<[UInt8]>]
        var messages: [Value<MessageTemplate>]
        var codes: [Value<Code>]

        init(_ search: OfflineSearch) {
            let (space, body, source) = (search.space, search.body, search.keySource)
            let stamp = StampSource(search.stamp, json: body.json)
            bodies = Self.values(body.bytes, space.bodies) { if case .body(let form) = $0 { form(body) } else { nil } }
            stamps = Self.values(search.stamp, space.timestamps) {
                if case .timestamp(let form) = $0 { form(stamp) } else { nil }
            }
            keys = Self.values(source.key, space.keys) { if case .key(let form) = $0 { form(source) } else { nil } }
            messages =
                [Value(steps: [], value: search.scheme.signature.message)]
                + space.messages.compactMap { step in
                    if case .message(let template) = step.change { Value(steps: [step], value: template) } else { nil }
                }
            codes =
                [Value(steps: [], value: .sound(search.scheme.signature.algorithm))]
                + space.codes.compactMap { step in
                    if case .code(let code) = step.change { Value(steps: [step], value: code) } else { nil }
                }
        }

        private static func values(
            _ documented: [UInt8], _ steps: [Step], _ make: (Step.Change) -> [UInt8]?
        ) -> [Value<[UInt8]>] {
            var values = [Value(steps: [], value: documented)]
            var places = [documented: 0]
            for step in steps.sorted(by: { $0.weight > $1.weight }) {
                guard let value = make(step.change) else { continue }
                if let place = places[value] {
                    if place > 0 { values[place].steps.append(step) }
                } else {
                    places[value] = values.count
                    values.append(Value(steps: [step], value: value))
                }
            }
            return values
        }
    }
}

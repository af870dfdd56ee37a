internal import Bytes
package import Catalogue
internal import Cryptography
internal import Platform
package import Schemes
internal import Synchronization
package import Transport

/// Sends events as a scheme's document says, sound or with flaws. Each delivery has a thread of its own.
package final class ReferenceSender: Sendable {
    private let scheme: Scheme
    private let payload: Payload
    /// The secret that was given, and the one that replaced it.
    private let secrets: Mutex<(old: Secret, new: Secret?)>
    private let credentials: [String: [UInt8]]
    private let behaviour: SendingBehaviour
    private let pace: SenderPace
    private let tls: TLSOptions
    private let allowedHost: String?
    private let clock: @Sendable () -> Int64
    private let isStopped = Atomic<Bool>(false)
    private let threads = Mutex<[WorkerThread]>([])
    private let counter = Atomic<Int>(0)
    /// Whether a delivery is under way, where they wait for each other.
    private let turn = Monitor(false)
    private let name = Hex.string(RandomBytes.make(count: 4))
    private let log: @Sendable (String) -> Void

    /// Creates a sender.
    ///
    /// - Parameters:
    ///   - first: the secret of the first registration, where this is another one; `nil` for the first.
    ///   - allowedHost: the one host inside its own machine that it delivers to; `nil` for all of them.
    ///   - pace: how fast its time passes.
    ///   - tls: which certificates of receivers it trusts.
    ///   - clock: the time of its timestamps, in Unix seconds.
    ///   - log: called with one line for each attempt.
    package init(
        scheme: Scheme, payload: Payload? = nil, secret: Secret, first: Secret? = nil, credentials: [String: [UInt8]],
        flaws: [SenderFlaw] = [], allowedHost: String? = nil, pace: SenderPace = SenderPace(),
        tls: TLSOptions = TLSOptions(),
        clock: @escaping @Sendable () -> Int64 = { WallClock.seconds() },
        log: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        let payload = payload ?? scheme.sentPayload
        self.scheme = scheme.sending(payload)
        self.payload = payload
        self.tls = tls
        self.allowedHost = allowedHost
        self.credentials = credentials
        var behaviour = SendingBehaviour(scheme: scheme)
        for flaw in flaws { flaw.apply(&behaviour) }
        self.behaviour = behaviour
        secrets = Mutex((first.map { behaviour.secretOfAnother($0, secret) } ?? secret, nil))
        self.pace = pace
        self.clock = clock
        self.log = log
    }

    /// Sends one event, and again as the behaviour says, while the caller goes on.
    package func send(text: String, to url: TargetURL) {
        if let thread = WorkerThread({ [self] in deliver(text: text, to: url) }) {
            threads.withLock { $0.append(thread) }
        }
    }

    /// Sends one event to a URL that somebody has registered, unless nothing is delivered there.
    package func send(text: String, toRegistered url: String) {
        guard let origin = URLText(url) else { return }
        let host = origin.host
        guard host == allowedHost || !behaviour.isInside(host) else { return }
        // As the system's resolver reads it.
        guard let url = try? TargetURL(origin.with(host: Socket.dotted(host) ?? host)) else { return }
        send(text: text, to: url)
    }

    /// Sends one event, and again as the behaviour says.
    ///
    /// - Returns: whether it was taken.
    @discardableResult
    package func deliver(text: String, to url: TargetURL) -> Bool {
        let number = counter.wrappingAdd(1, ordering: .relaxed).newValue
        guard pause(behaviour.delay(number) / pace.schedule) else { return false }
        if behaviour.isSerial { turn.whenever({ !$0 }) { $0 = true } }
        defer { if behaviour.isSerial { turn.change { $0 = false } } }
        let event = scheme.eventIDForm.id(of: "evt_\(name)_\(number)")
        let first = clock()
        let body = Draft(context(event, now: first, text: text, url: url)).body
        var attempt = 1
        while !isStopped.load(ordering: .relaxed) {
            let outcome = send(event, attempt, first, body, text, to: url)
            if case .answered(let answer) = outcome, behaviour.isDone(answer.status, answer) { return true }
            guard let wait = behaviour.wait(attempt, outcome) else { return false }
            let asked = behaviour.asked(outcome, clock()) / pace.clock
            guard pause(max(wait / pace.schedule, asked)) else { return false }
            attempt += 1
        }
        return false
    }

    /// Replaces the secret, for everything that is signed from now on.
    package func rotate(to secret: Secret) { secrets.withLock { $0.new = secret } }

    /// Ends every delivery.
    package func stop() {
        isStopped.store(true, ordering: .relaxed)
        for thread in threads.withLock({ $0 }) { thread.join() }
    }

    private func context(
        _ event: String, now: Int64, text: String, url: TargetURL, body: [UInt8]? = nil
    ) -> RequestContext {
        let (old, new) = secrets.withLock { $0 }
        return RequestContext(
            scheme: scheme, payload: payload, secret: new.map { behaviour.secretAfterRotation(old, $0) } ?? old,
            credentials: credentials, now: now,
            eventID: event, text: text, authority: url.authority, target: url.target, bodyTemplate: body)
    }

    private func send(
        _ event: String, _ attempt: Int, _ first: Int64, _ body: [UInt8], _ text: String, to url: TargetURL
    ) -> SendingBehaviour.Outcome {
        let original = event
        let event = behaviour.eventID(original, attempt)
        let time = behaviour.signingTime(first, clock())
        var url = url
        var redirects = 0
        while true {
            var draft = Draft(context(event, now: time, text: text, url: url, body: body))
            // The body was made with the first id.
            if event != original { draft.eventID = Array(event.utf8) }
            if secrets.withLock({ $0.new != nil }) { draft.key = behaviour.keyAfterRotation(draft.key) }
            let lines = behaviour.attemptHeaders(behaviour.rule, attempt)
            draft.onTheWire { request in request.headers = Headers(request.headers.fields + lines) }
            behaviour.edit(&draft, attempt)
            let request = draft.signedRequest().request
            var result = HTTPClient(target: url, options: options).exchange(request).result
            if case .failure(.tls) = result, behaviour.fallsBackToHTTP,
                let plain = try? TargetURL("http://\(url.authority)\(url.target)")
            {
                result = HTTPClient(target: plain, options: options).exchange(request).result
            }
            let answer: HTTPResponse
            switch result {
            case .success(let given): answer = given
            case .failure(.unreachable):
                log("attempt \(attempt): no connection")
                return .refused
            case .failure:
                log("attempt \(attempt): no answer")
                return .unanswered
            }
            log("attempt \(attempt): \(answer.status)")
            guard (300...399).contains(answer.status), redirects < behaviour.redirects.most,
                let next = target(of: answer, from: url)
            else { return .answered(answer) }
            redirects += 1
            url = next
        }
    }

    private func target(of answer: HTTPResponse, from url: TargetURL) -> TargetURL? {
        guard let location = answer.headers.values(named: "Location").first,
            let next = try? TargetURL(String(decoding: location, as: UTF8.self))
        else { return nil }
        return next.authority == url.authority || behaviour.redirects.toOtherOrigins ? next : nil
    }

    private var options: ClientOptions {
        let limit = Duration.nanoseconds(Int64((behaviour.timeout ?? 3600) / pace.schedule * 1e9))
        var trusted = tls
        behaviour.trust(&trusted)
        return ClientOptions(
            connectTimeout: min(limit, .seconds(10)), sendTimeout: min(limit, .seconds(10)), answerTimeout: limit,
            keptBodyLimit: min(behaviour.readLimit, 64 * 1024), readLimit: behaviour.readLimit, tls: trusted)
    }

    /// Waits so many seconds of ours.
    ///
    /// - Returns: whether it goes on.
    private func pause(_ seconds: Double) -> Bool {
        let end = Deadline(after: .nanoseconds(Int64(max(0, seconds) * 1e9)))
        while !end.hasPassed {
            if isStopped.load(ordering: .relaxed) { return false }
            MonotonicClock.pause(min(.milliseconds(50), .nanoseconds(Int64(clamping: end.remaining))))
        }
        return true
    }
}

/// A URL before anything has judged its host.
private struct URLText {
    /// The host, without brackets.
    let host: String
    private let scheme: Substring
    private let rest: Substring

    init?(_ text: String) {
        guard let start = text.firstRange(of: "://")?.upperBound else { return nil }
        let after = text[start...]
        let isBracketed = after.first == "["
        guard let end = isBracketed ? after.firstIndex(of: "]") : after.firstIndex(where: { ":/".contains($0) }) else {
            return nil
        }
        scheme = text[..<start]
        host = String(isBracketed ? after[..<end].dropFirst() : after[..<end])
        rest = isBracketed ? after[end...].dropFirst() : after[end...]
    }

    func with(host: String) -> String { "\(scheme)\(host.contains(":") ? "[\(host)]" : host)\(rest)" }
}

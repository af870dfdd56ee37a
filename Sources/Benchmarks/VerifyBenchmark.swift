internal import Bytes
internal import Schemes
internal import Transport

/// Verifies one valid request of 1 KiB, over and over.
enum VerifyBenchmark {
    /// The schemes whose signatures are HMACs over a header layout each: a value, fields, a list.
    static let schemes = ["github", "slack", "scaiwave", "standard-webhooks"]

    static func run() throws {
        for name in schemes {
            guard let scheme = SchemeLibrary.scheme(named: name), let payload = scheme.payloads.first else { continue }
            let rule = scheme.signature.secret
            let secret = try Secret(rule.publishedSecret(name), rule: rule)
            let context = RequestContext(
                scheme: scheme, payload: payload, secret: secret, credentials: [:], now: 1_700_000_000,
                eventID: "evt_1", text: "a benchmark", authority: "localhost", target: payload.path,
                bodyTemplate: Array(repeating: UInt8(ascii: "x"), count: 1024))
            let request = Draft(context).signedRequest().request
            let verifier = Verifier(scheme: scheme, secrets: [secret])
            var isAccepted = true
            let rate = Stopwatch.bestRate {
                isAccepted = verifier.verify(request, now: context.now).isAccepted && isAccepted
            }
            precondition(isAccepted, "a valid request was rejected")
            print("verify \(name) \(Int(rate))")
        }
    }
}

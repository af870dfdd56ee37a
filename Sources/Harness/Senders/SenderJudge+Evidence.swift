internal import Bytes
internal import Catalogue
internal import Cryptography
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

// What a report says of the attempts.
extension SenderJudge {
    func evidence(_ deliveries: [Delivery], isPass: Bool) -> RunRecord.Evidence {
        let start = deliveries.compactMap { $0.attempts.first?.time }.min() ?? 0
        var steps = [String]()
        for (number, delivery) in deliveries.enumerated() {
            steps += delivery.preparations
            for (place, arrival) in delivery.attempts.prefix(Self.mostSteps).enumerated() {
                let signed = check.verdict(on: arrival).isAccepted ? "signed as documented" : "does not verify"
                let prefix = deliveries.count > 1 ? "delivery \(number + 1), " : ""
                steps.append(
                    "\(Self.seconds((arrival.time - start) * pace.schedule))  \(prefix)attempt \(place + 1), \(signed), "
                        + arrival.words)
            }
            if delivery.attempts.count > Self.mostSteps {
                steps.append("and \(delivery.attempts.count - Self.mostSteps) more attempts")
            }
            for end in delivery.handshakes.prefix(Self.mostSteps) { steps.append(end.words) }
            for arrival in delivery.redirected.prefix(3) {
                steps.append(
                    "\(Self.seconds((arrival.time - start) * pace.schedule))  a request where the redirect led")
            }
        }
        let shown = isPass ? nil : deliveries.last { !$0.attempts.isEmpty }?.attempts.last
        return RunRecord.Evidence(
            control: nil,
            probe: shown.map {
                RunRecord.Record(
                    request: text(of: $0),
                    answer: $0.words,
                    nanoseconds: 0)
            },
            message: "", steps: steps)
    }

    /// The request as it arrived; its framing is among its header lines.
    private func text(of arrival: Arrival) -> String {
        var request = arrival.request
        request.framing = .asGiven
        return redactor.text(request.wireBytes, signatures: rightSignatures(of: arrival))
    }

    private func rightSignatures(of arrival: Arrival) -> [[UInt8]] {
        let scheme = configuration.scheme
        return keys.map { scheme.rightSignature(for: arrival.request, key: $0) }
            .compactMap(scheme.signature.encoding.decode)
    }

    private static let mostSteps = 30

    static func seconds(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) s"
    }

    func safe(_ words: String) -> String { redactor.text(Array(words.utf8), limit: 400) }
}

extension Arrival {
    /// What the receiver did, as the end of a step.
    var words: String {
        switch answer {
        case .status(let status, let headers, _):
            "answered \(status)" + headers.map { ", \($0.name): \($0.value(at: unixTime))" }.joined()
        case .redirect(let status, let toOtherPort):
            "answered \(status), redirected to \(toOtherPort ? "another origin" : "another path")"
        case .silence: "not answered"
        case .slowHead: "answered one byte a second"
        case .slowBody: "answered 200 with a body of one byte a second"
        case .endless(.chunked): "answered 200 with an endless body"
        case .endless(.gzip): "answered 200 with an endless compressed body"
        case .close: "connection closed"
        case .reset: "connection reset"
        }
    }
}

extension HandshakeEnd {
    /// How it ended, as a step.
    var words: String {
        switch self {
        case .agreed: "the sender took the certificate"
        case .failed: "the handshake failed"
        case .plainHTTP: "the sender spoke HTTP without TLS"
        }
    }
}

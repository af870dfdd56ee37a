internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

// What a request says of itself.
extension SenderObservation {
    /// The lines of a header.
    func lines(_ name: String, _ arrival: Arrival) -> [[UInt8]] { arrival.request.headers.values(named: name) }

    /// The text of the timestamp; `nil` when there is none or it can't be read.
    func timestampText(_ arrival: Arrival) -> [UInt8]? {
        switch scheme.timestamp {
        case .header(let name): lines(name, arrival).first
        case .field: signature(arrival).flatMap(\.timestamp)
        case nil: nil
        }
    }

    /// The text of the delivery's id; `nil` when there is none.
    func eventID(_ arrival: Arrival) -> [UInt8]? { scheme.eventID(of: arrival.request) }

    /// The signature header, read strictly.
    func signature(_ arrival: Arrival) -> SignatureReading? {
        lines(scheme.signature.header, arrival).first.flatMap { SignatureHeader(of: scheme).read($0) }
    }
}

// Expectations that cases share.
extension SenderObservation {
    /// Requires that an attempt is signed as the document says.
    func expectSigned(_ arrival: Arrival, _ what: String) throws {
        guard case .rejected(let reason) = verdict(on: arrival) else { return }
        throw Finding(.refusal, "\(what) \(Self.words(reason, scheme))")
    }

    /// Requires another attempt after the first.
    func expectRetry(after what: String, within seconds: Double) throws {
        guard attempts.count < 2 else { return }
        throw Finding(
            .loss, "\(what), the delivery was not sent again within \(Self.time(seconds)), so the event is lost")
    }

    /// Requires that the first attempt was the only one.
    func expectNoRetry(after what: String) throws {
        guard attempts.count > 1 else { return }
        throw Finding(.contract, "\(what), the delivery was sent again after \(Self.time(waits[0]))")
    }

    /// A span of the sender's clock in words.
    static func time(_ seconds: Double) -> String {
        seconds < 10 ? "\((seconds * 10).rounded() / 10) s" : "\(Int(seconds.rounded())) s"
    }

    /// Why a request does not verify, as the end of a sentence that begins with what it is.
    private static func words(_ reason: Rejection, _ scheme: Scheme) -> String {
        let header = scheme.signature.header
        return switch reason {
        case .signatureMissing: "has no \(header) header"
        case .headerRepeated: "repeats a header that must appear once"
        case .signatureMalformed: "has a \(header) header that does not follow the documented form"
        case .timestampMissing: "has no timestamp"
        case .timestampMalformed: "has a timestamp that is not a number of Unix seconds"
        case .eventIDMissing: "has no id header, which is signed"
        case .credentialMissing, .credentialWrong: "does not have the credential that the document requires"
        case .signatureWrong: "has a signature that does not fit its bytes under the shared secret"
        case .algorithmWrong, .keyUnknown, .issuerWrong, .audienceWrong, .bindingWrong:
            "has a token that the document does not allow (\(reason.rawValue))"
        case .tooOld: "has a timestamp that is too old when it arrives"
        case .tooFarAhead: "has a timestamp that is ahead of the time"
        }
    }
}

internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let positionalFields = Flaw(
        "positional-fields", covers: ["G03"], needs: [.timestampField], caughtBy: ["header/*"],
        "It reads the signature header by position: first the timestamp, then the signature.",
        explanation: "Your endpoint relies on the order of the elements in the signature header."
    ) { behaviour in
        let read = behaviour.steps.readSignature
        behaviour.steps.readSignature = { header, scheme in
            let keys = SignatureHeader.looseElements(header, scheme).map(\.key)
            guard case .field(let field) = scheme.timestamp, keys.count > 1, keys[0].elementsEqual(field.utf8),
                keys[1] == SignatureHeader.signatureKey(scheme)
            else { return nil }
            return read(header, scheme)
        }
    }
}

internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let linesJoined = Flaw(
        "lines-joined", covers: ["G06"], needs: [.severalSignatures],
        caughtBy: ["header/two-signature-lines-bad-first", "header/two-signature-lines-good-first"],
        "It joins header lines that stand there twice, and tries every signature in them.",
        explanation: "Your endpoint reads two signature headers as one list, so that a good one may hide among others."
    ) { behaviour in
        let separator = if case .list = behaviour.scheme.signature.grammar { " " } else { "," }
        behaviour.steps.onlyLine = { lines in lines.isEmpty ? nil : Array(lines.joined(separator: separator.utf8)) }
        behaviour.alsoReads { header, scheme in
            guard let timestamp = SignatureHeader.timestamps(header, scheme).first else { return nil }
            let key = SignatureHeader.signatureKey(scheme)
            let signatures = SignatureHeader.looseElements(header, scheme).filter { $0.key == key }.map(\.value)
            return VerificationSteps.ReadSignature(candidates: signatures, timestamp: timestamp)
        }
    }
}

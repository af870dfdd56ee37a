internal import Bytes
internal import Cryptography
internal import ReportModel

extension Certificate {
    /// The type of every in-toto statement.
    static let statement = "https://in-toto.io/Statement/v1"
    /// The predicate for results of tests (in-toto/attestation, spec/predicates/test-result.md).
    static let testResult = "https://in-toto.io/attestation/test-result/v0.1"
    /// The predicate for what the other has no place for.
    static let certification = "urn:countersign:certification:v1"

    /// Writes the certificate: two envelopes, one a line, which is how in-toto bundles attestations.
    ///
    /// - Parameter seed: the private key, 32 bytes.
    package func bytes(signedWith seed: [UInt8]) throws -> [UInt8] {
        let first = statement(Self.testResult, predicate: testResultPredicate).serialized()
        let second = statement(Self.certification, predicate: certificationPredicate(of: first)).serialized()
        return try [first, second].flatMap { try Envelope(signing: $0, seed: seed).line + [0x0A] }
    }

    private func statement(_ predicateType: String, predicate: JSON) -> JSON {
        let digest = JSON.object([JSON.Member(subject.algorithm, .string(subject.digest))])
        return [
            "_type": .string(Self.statement),
            "subject": [["name": .string(subject.name), "digest": digest]],
            "predicateType": .string(predicateType),
            "predicate": predicate,
        ]
    }

    private var testResultPredicate: JSON {
        let set: JSON = [
            "name": .string("countersign-requirements-\(requirements.version)/\(scheme)"),
            "digest": ["sha256": .string(requirements.digest)],
        ]
        let tool: JSON = [
            "name": "countersign", "uri": .string("pkg:generic/countersign@\(toolVersion)"),
        ]
        return [
            "result": "PASSED", "configuration": [set, tool], "passedTests": JSON(passed), "warnedTests": [],
            "failedTests": [],
        ]
    }

    private func certificationPredicate(of first: [UInt8]) -> JSON {
        let requirements: JSON = [
            "version": JSON(requirements.version), "digest": .string(requirements.digest),
            "count": JSON(requirements.count),
        ]
        let skipped = skipped.map { skip -> JSON in ["case": .string(skip.id), "reason": .string(skip.reason)] }
        return [
            "testResult": ["sha256": .string(Hex.string(HashFunction.sha256.digest(first)))],
            "scheme": .string(scheme), "payload": .string(payload), "target": .string(target),
            "requirements": requirements, "tool": .string(toolVersion), "issued": .string(issued.text),
            "validUntil": .string(validUntil.text), "waived": [], "inconclusive": [], "skipped": .array(skipped),
            "measurements": measurements, "report": ["sha256": .string(reportDigest)],
        ]
    }
}

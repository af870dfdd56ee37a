internal import Bytes
internal import Cryptography
package import ReportModel

/// Why a certificate is not accepted.
package enum Refusal: Error, Sendable, Hashable {
    /// The file is not as the tool writes certificates.
    case malformed(String)
    /// A statement is not signed with the key.
    case wrongSignature(statement: Int)
    /// The two statements are not of one certificate.
    case mismatch(String)
    /// The certificate says that something failed.
    case notPassed
    /// Its last day has passed.
    case expired(CalendarDay)
    /// Its first day is yet to come.
    case notYetValid(CalendarDay)
    /// It is of another set of requirements.
    case foreignSet(said: Certificate.Requirements, expected: String)
    /// It is of something else than what was asked for.
    case unexpected(what: String, said: String, expected: String)
}

extension Certificate {
    /// Reads a certificate and checks all that it proves by itself: that both statements are signed with a key, belong
    /// together and are whole.
    ///
    /// - Parameters:
    ///   - bytes: the file; any byte that differs from what was written is a reason to refuse it.
    ///   - publicKey: 32 bytes.
    package init(_ bytes: [UInt8], signedBy publicKey: [UInt8]) throws(Refusal) {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count == 3, lines[2].isEmpty else { throw .malformed("expected two lines") }
        var payloads = [[UInt8]]()
        for (number, line) in lines.prefix(2).enumerated() {
            let envelope: Envelope
            do throws(JSONProblem) { envelope = try Envelope(Array(line)) } catch {
                throw .malformed("line \(number + 1): \(error)")
            }
            // The envelope's own text is not signed, and has one spelling all the same.
            guard envelope.line == Array(line) else {
                throw .malformed("line \(number + 1): not as it was written")
            }
            guard envelope.isSigned(by: publicKey) else { throw .wrongSignature(statement: number + 1) }
            guard envelope.keyID == KeyFile.id(of: publicKey) else {
                throw .malformed("line \(number + 1): it names another key than the one that signed it")
            }
            guard envelope.payloadType == Envelope.statementType else {
                throw .malformed("line \(number + 1): not an in-toto statement")
            }
            payloads.append(envelope.payload)
        }
        do throws(JSONProblem) {
            try self.init(statements: payloads)
        } catch {
            throw .mismatch("\(error)")
        }
        guard isPassed(payloads[0]) else { throw .notPassed }
    }

    private func isPassed(_ statement: [UInt8]) -> Bool {
        let predicate = (try? JSON.parse(statement))?["predicate"]
        return predicate?["result"]?.string == "PASSED" && predicate?["failedTests"]?.array == []
    }

    private init(statements: [[UInt8]]) throws(JSONProblem) {
        let roots = try statements.map { bytes throws(JSONProblem) in
            do { return JSONCursor(try JSON.parse(bytes)) } catch {
                throw JSONProblem("", "this is not JSON: \(error)")
            }
        }
        for (root, type) in zip(roots, [Self.testResult, Self.certification]) {
            guard try root["_type"].string == Self.statement else { throw try root["_type"].problem("another type") }
            guard try root["predicateType"].string == type else {
                throw try root["predicateType"].problem("expected \(type)")
            }
        }
        guard roots[0].value["subject"] == roots[1].value["subject"] else {
            throw JSONProblem("/subject", "the statements are of two subjects")
        }
        let named = try roots[0]["subject"].elements
        guard named.count == 1, let digest = try named[0]["digest"].members.first,
            let subject = Subject(
                name: try named[0]["name"].string, algorithm: digest.key, digest: try digest.value.string)
        else { throw try roots[0]["subject"].problem("expected one subject with one digest") }
        let (result, facts) = (try roots[0]["predicate"], try roots[1]["predicate"])
        guard try facts["testResult"]["sha256"].string == Hex.string(HashFunction.sha256.digest(statements[0])) else {
            throw try facts["testResult"].problem("it belongs to another statement")
        }
        self.subject = subject
        scheme = try facts["scheme"].string
        payload = try facts["payload"].string
        target = try facts["target"].string
        requirements = Requirements(
            version: try facts["requirements"]["version"].integer(),
            digest: try facts["requirements"]["digest"].string, count: try facts["requirements"]["count"].integer())
        guard try result["configuration"].elements.first?["digest"]["sha256"].string == requirements.digest else {
            throw try result["configuration"].problem("the statements are of two sets of requirements")
        }
        toolVersion = try facts["tool"].string
        issued = try Self.day(facts["issued"])
        validUntil = try Self.day(facts["validUntil"])
        passed = try result["passedTests"].strings
        skipped = try facts["skipped"].list { node throws(JSONProblem) in
            Skipped(id: try node["case"].string, reason: try node["reason"].string)
        }
        for key in ["waived", "inconclusive"] where try !facts[key].elements.isEmpty {
            throw try facts[key].problem("expected none")
        }
        let ids = passed + skipped.map(\.id)
        guard Set(ids).count == requirements.count, ids.count == requirements.count else {
            throw try result["passedTests"].problem("passed and skipped cases are not the whole set")
        }
        measurements = try facts["measurements"].value
        reportDigest = try facts["report"]["sha256"].string
    }

    private static func day(_ node: JSONCursor) throws(JSONProblem) -> CalendarDay {
        guard let day = CalendarDay(try node.string) else { throw node.problem("expected a day") }
        return day
    }

    /// Throws when the certificate is not valid on a day, or not of a set of requirements.
    ///
    /// - Parameter digest: the digest of the set that the reader trusts, in hexadecimal.
    package func check(on day: CalendarDay, requirements digest: String) throws(Refusal) {
        if day > validUntil { throw .expired(validUntil) }
        if day < issued { throw .notYetValid(issued) }
        if requirements.digest != digest { throw .foreignSet(said: requirements, expected: digest) }
    }
}

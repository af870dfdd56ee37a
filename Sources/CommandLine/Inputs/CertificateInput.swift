internal import Arguments
internal import Bytes
internal import Certificates
internal import Harness
internal import ReportModel
internal import Reporting
internal import Schemes

/// Keys, subjects, and what keeps a report from being certified.
enum CertificateInput {
    /// Reads the private key of `--key`.
    static func seed(_ source: SecretSource) throws -> [UInt8] {
        let text = try source.read(published: [], for: "--key")
        do throws(KeyFile.Problem) {
            return try KeyFile.seed(from: text)
        } catch {
            throw CommandError.input("--key: \(error)")
        }
    }

    /// Reads the public key of `--key`.
    static func publicKey(_ source: SecretSource) throws -> [UInt8] {
        let text = try source.read(published: [], for: "--key")
        do throws(KeyFile.Problem) {
            return try KeyFile.publicKey(from: text)
        } catch {
            throw CommandError.input("--key: \(error)")
        }
    }

    /// Reads how the requirements of a scheme are run: all of them, and nothing else.
    static func configuration(_ parsed: ParsedCommand, scheme: Scheme) throws -> RunConfiguration {
        let secret = try SecretInput.secret(parsed[SharedOptions.secret], scheme: scheme)
        var configuration = RunConfiguration(
            scheme: scheme, payload: try SchemeInput.payload(parsed, scheme: scheme), secret: secret)
        configuration.credentials = try SecretInput.credentials(parsed, scheme: scheme)
        configuration.scope = .must
        configuration.profile = .audit
        configuration.lanes = try parsed[RunOptions.jobs]
        configuration.requestsPerSecond = try parsed[RunOptions.rate]
        configuration.seed = UInt64(try parsed[RunOptions.seed] ?? .random(in: 1...999_999_999))
        return configuration
    }

    /// Returns why a report is not certified; nothing when it is.
    static func reasonsToRefuse(_ report: Report, required: [String]) -> [String] {
        var reasons = [String]()
        let summary = report.summary
        if summary.failed > 0 { reasons.append("\(counted(summary.failed, "requirement")) not met") }
        if summary.inconclusive > 0 { reasons.append("\(counted(summary.inconclusive, "requirement")) not judged") }
        if report.exit == .inconclusive, summary.inconclusive == 0 { reasons.append("the run was inconclusive") }
        if report.run.remarks.contains(.certificateNotVerified) {
            reasons.append("the target's TLS certificate was not verified, so nobody knows what was tested")
        }
        let judged = Set(report.cases.map(\.id))
        let absent = required.filter { !judged.contains($0) }
        if !absent.isEmpty { reasons.append("\(counted(absent.count, "requirement")) not run, first \(absent[0])") }
        for result in report.cases where result.outcome == .skipped && !mayBeSkipped(result.reason) {
            reasons.append("\(result.id) was skipped: \(words(result))")
        }
        return reasons
    }

    /// Whether a case could not be asked for a reason that lies in the scheme or on the path, not in what was given.
    private static func mayBeSkipped(_ reason: Reason?) -> Bool {
        guard case .skipped(let skip) = reason else { return false }
        return switch skip {
        case .notApplicable, .notDelivered, .moot: true
        default: false
        }
    }

    /// Returns why a case was skipped, in words.
    static func words(_ result: CaseResult) -> String {
        guard case .skipped(let skip) = result.reason else { return "no reason was given" }
        return skip.words
    }
}

extension ValueForm<Certificate.Subject> {
    /// What is certified, by its digest.
    static let subject = ValueForm { text throws(InvalidValue) in
        guard let subject = Certificate.Subject(text) else {
            throw InvalidValue(
                "Write a name, '@', and a digest in lower-case hexadecimal: bridge@sha256:…, bridge@sha512:… or "
                    + "bridge@gitCommit:….")
        }
        return subject
    }
}

extension ValueForm<String> {
    /// A SHA-256 digest in hexadecimal, with or without `sha256:` before it.
    static let sha256 = ValueForm { text throws(InvalidValue) in
        let digits = text.hasPrefix("sha256:") ? String(text.dropFirst(7)) : text
        guard digits.utf8.count == 64, Hex.decode(Array(digits.utf8)) != nil, digits == digits.lowercased() else {
            throw InvalidValue("Write sha256: and 64 lower-case hexadecimal digits.")
        }
        return digits
    }
}

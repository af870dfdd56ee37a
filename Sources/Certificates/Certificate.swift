package import Bytes
package import ReportModel

/// What a certificate says: that a subject met every requirement of a set, on a day.
package struct Certificate: Sendable, Hashable {
    /// What was certified.
    package var subject: Subject
    /// The signature scheme.
    package var scheme: String
    /// Which of the scheme's payloads was sent.
    package var payload: String
    /// The URL that was tested.
    package var target: String
    /// The frozen requirements.
    package var requirements: Requirements
    /// The version of the tool.
    package var toolVersion: String
    /// The day of the run.
    package var issued: CalendarDay
    /// The last day on which the certificate is valid.
    package var validUntil: CalendarDay
    /// The cases that passed.
    package var passed: [String]
    /// The cases that could not be asked, with the reasons.
    package var skipped: [Skipped]
    /// What was measured, as in the report.
    package var measurements: JSON
    /// The SHA-256 digest of the JSON report, in hexadecimal.
    package var reportDigest: String

    /// What was certified, named by a digest that changes with it.
    package struct Subject: Sendable, Hashable {
        /// The name.
        package var name: String
        /// The kind of digest, such as `sha256` or `gitCommit`.
        package var algorithm: String
        /// The digest in lower-case hexadecimal.
        package var digest: String

        /// Reads a text such as `bridge@sha256:9f2c…` or `bridge@gitCommit:1a2b…`.
        package init?(_ text: String) {
            guard let at = text.lastIndex(of: "@"), at > text.startIndex else { return nil }
            let parts = text[text.index(after: at)...].split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            self.init(name: String(text[..<at]), algorithm: String(parts[0]), digest: String(parts[1]))
        }

        init?(name: String, algorithm: String, digest: String) {
            let lengths = ["sha256": [64], "sha512": [128], "gitCommit": [40, 64]]
            guard lengths[algorithm]?.contains(digest.utf8.count) == true,
                digest.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
            else { return nil }
            self.name = name
            self.algorithm = algorithm
            self.digest = digest
        }

        /// The subject as text.
        package var text: String { "\(name)@\(algorithm):\(digest)" }
    }

    /// A frozen set of requirements.
    package struct Requirements: Sendable, Hashable {
        /// The version of the set.
        package var version: Int
        /// The SHA-256 digest of the scheme's requirements, in hexadecimal.
        package var digest: String
        /// How many cases it has.
        package var count: Int

        /// Creates a set.
        package init(version: Int, digest: String, count: Int) {
            self.version = version
            self.digest = digest
            self.count = count
        }
    }

    /// A case that could not be asked.
    package struct Skipped: Sendable, Hashable {
        /// The id of the case.
        package var id: String
        /// Why.
        package var reason: String

        /// Creates one.
        package init(id: String, reason: String) {
            self.id = id
            self.reason = reason
        }
    }

    /// Creates a certificate.
    package init(
        subject: Subject, report: Report, requirements: Requirements, toolVersion: String, issued: CalendarDay,
        validUntil: CalendarDay, skipped: [Skipped], measurements: JSON, reportDigest: String
    ) {
        self.subject = subject
        scheme = report.run.scheme
        payload = report.run.payload
        target = report.run.target
        self.requirements = requirements
        self.toolVersion = toolVersion
        self.issued = issued
        self.validUntil = validUntil
        passed = report.cases.filter { $0.outcome == .pass }.map(\.id)
        self.skipped = skipped
        self.measurements = measurements
        self.reportDigest = reportDigest
    }
}

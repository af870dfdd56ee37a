/// Which certificates a client trusts.
package struct TLSOptions: Sendable, Hashable {
    /// A PEM file of authorities to trust besides the system's.
    package var caFile: String?
    /// Whether any certificate is trusted.
    package var insecure: Bool
    /// What is not checked, for a client that is to be found at fault.
    package var lenience: Lenience = []

    /// Creates options; by default only the system's authorities are trusted.
    package init(caFile: String? = nil, insecure: Bool = false) {
        self.caFile = caFile
        self.insecure = insecure
    }

    /// What a client lets pass that it should not.
    package struct Lenience: OptionSet, Sendable, Hashable {
        package let rawValue: Int

        package init(rawValue: Int) { self.rawValue = rawValue }

        /// Certificates that have expired.
        package static let expired = Lenience(rawValue: 1)
        /// Certificates for other hosts.
        package static let otherNames = Lenience(rawValue: 2)
        /// TLS 1.0 and 1.1.
        package static let oldVersions = Lenience(rawValue: 4)
    }
}

/// How long a client waits and how much it reads.
package struct ClientOptions: Sendable, Hashable {
    /// The time for connecting to all addresses of the target, and once more for the TLS handshake.
    package var connectTimeout: Duration
    /// The time for sending a request.
    package var sendTimeout: Duration
    /// The time from the last byte sent until the whole answer is there.
    package var answerTimeout: Duration
    /// The most bytes of an answer's body that are kept.
    package var keptBodyLimit: Int
    /// The most bytes of an answer's body that are read; a longer answer is reported as cut and its connection closed.
    package var readLimit: Int
    /// The most bytes of an answer's status line and header lines.
    package var headLimit: Int
    /// Which certificates are trusted.
    package var tls: TLSOptions

    /// Creates options.
    package init(
        connectTimeout: Duration = .seconds(5), sendTimeout: Duration = .seconds(10),
        answerTimeout: Duration = .seconds(10), keptBodyLimit: Int = 64 * 1024, readLimit: Int = 4 * 1024 * 1024,
        headLimit: Int = 64 * 1024, tls: TLSOptions = TLSOptions()
    ) {
        self.connectTimeout = connectTimeout
        self.sendTimeout = sendTimeout
        self.answerTimeout = answerTimeout
        self.keptBodyLimit = keptBodyLimit
        self.readLimit = readLimit
        self.headLimit = headLimit
        self.tls = tls
    }
}

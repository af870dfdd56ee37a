/// Which certificates a client believes.
public struct TLSOptions: Sendable, Hashable {
    /// A PEM file of authorities to believe besides those of the system.
    public var caFile: String?
    /// Whether any certificate is believed.
    public var insecure: Bool

    /// Creates options; by default only the authorities of the system are believed.
    public init(caFile: String? = nil, insecure: Bool = false) {
        self.caFile = caFile
        self.insecure = insecure
    }
}

/// How long a client waits and how much it reads.
public struct ClientOptions: Sendable, Hashable {
    /// The time for connecting to all addresses of the target, and once more for the TLS handshake.
    public var connectTimeout: Duration
    /// The time for sending a request.
    public var sendTimeout: Duration
    /// The time from the last byte sent until the whole answer is there.
    public var answerTimeout: Duration
    /// The most bytes of an answer's body that are kept.
    public var keptBodyLimit: Int
    /// The most bytes of an answer's body that are read; a longer answer is reported as cut and its connection closed.
    public var readLimit: Int
    /// The most bytes of an answer's status line and header lines.
    public var headLimit: Int
    /// Which certificates are believed.
    public var tls: TLSOptions

    /// Creates options.
    public init(
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

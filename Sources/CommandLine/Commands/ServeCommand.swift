internal import Arguments
internal import Bytes
internal import Catalogue
internal import Platform
internal import Reference
internal import ReportModel
internal import Schemes
internal import Transport

/// `countersign serve`: the reference endpoint.
enum ServeCommand: Command {
    private static let scheme = Option(
        repeating: "scheme", value: "name-or-file", .text, help: "Serve only this scheme.",
        completion: .values(SchemeLibrary.names))

    private static let secret = Option(
        "secret", value: "source", .secretSource, defaultText: "published", help: SharedOptions.secret.help,
        completion: SecretSource.completion)

    private static let flaw = Option(
        repeating: "flaw", value: "name", .text, help: "Serve with this flaw; 'serve --flaws' lists them.")

    private static let flaws = Option(flag: "flaws", help: "List the flaws and stop.")

    private static let port = Option(
        "port", value: "port", .integer(in: 0...65_535), default: 0,
        help: "The port to listen on; 0 lets the system choose one.")

    private static let grace = Option(
        "grace", value: "seconds", .integer(in: 0...longest), defaultText: "the scheme's, or 300",
        help: "How long a replaced secret is still accepted.")

    private static let dedupe = Option(
        "dedupe", value: "seconds", .integer(in: 0...longest), defaultText: "the scheme's, or 600",
        help: "How long a delivery is remembered; 0 for not at all.")

    private static let clockOffset = Option(
        "clock-offset", value: "seconds", .integer(in: -longest...longest), default: 0,
        help: "How far the endpoint's clock is ahead; a negative number, as in --clock-offset=-30, sets it back.")

    private static let speed = Option(
        "speed", value: "times", .integer(in: EndpointClock.speeds), default: 1,
        help: "How many times as fast as real time the endpoint's clock runs, from 1 to 1000.")

    private static let adminToken = Option(
        "admin-token", value: "source", .secretSource, defaultText: "published: \(VectorContext.adminToken)",
        help: "Where the token of the administrative interfaces is: \(SecretSource.forms).",
        completion: SecretSource.completion)

    static let spec = CommandSpec(
        "serve", abstract: "Serves the reference endpoint on loopback, sound or with flaws.",
        discussion: "Without --scheme it serves every scheme, each at the path that its documentation uses. Without "
            + "--secret it takes the published secret of each scheme ('schemes show NAME --published-secret').\n\n"
            + "Each scheme has a second bridge with its own published secret; its path has 'br_second' in place of "
            + "'br_countersign', or '/second' at the end. GET /countersign/effects counts what took effect. POST "
            + "/countersign/rotate-secret?path=PATH and the documented bridge interfaces (/v1/admin/bridges, "
            + "/api/channels/ch_countersign/bridges) require the admin token.",
        options: [
            scheme, secret, SharedOptions.credential, flaw, flaws, port, IdentityInput.certificate, IdentityInput.key,
            grace, dedupe, clockOffset,
            speed,
            adminToken,
        ])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        if try parsed[flaws] {
            FlawInput.list(FlawRegistry.all.map { ($0.id, $0.title) })
            return .success
        }
        let schemes = try parsed[scheme].map { try SchemeInput.scheme(named: $0, parsed) }
        let served = schemes.isEmpty ? SchemeLibrary.all : schemes
        let flaws = try parsed[flaw].map { try flaw(named: $0, parsed, served) }
        let source = try parsed[secret]
        var secrets = [String: Secret]()
        var credentials = [String: [String: [UInt8]]]()
        for scheme in served {
            secrets[scheme.id] =
                try source.map { try SecretInput.secret($0, scheme: scheme) }
                ?? VectorContext.secret(of: scheme)
            credentials[scheme.id] =
                parsed.isGiven(SharedOptions.credential)
                ? try SecretInput.credentials(parsed, scheme: scheme) : VectorContext.credentials(of: scheme)
        }
        let clock = try clock(parsed)
        let endpoint = ReferenceEndpoint(
            schemes: served, secrets: { secrets[$0.id].map { [$0] } ?? [] },
            credentials: { credentials[$0.id] ?? [:] }, flaws: flaws,
            adminToken: try SecretInput.adminToken(parsed[adminToken]), grace: try parsed[grace],
            window: try parsed[dedupe], clock: clock)
        let identity = try IdentityInput.identity(parsed)
        let server = HTTPServer(
            port: UInt16(try parsed[port]), tls: identity, limits: ReferenceEndpoint.serverLimits(of: served),
            now: clock
        ) { endpoint.answer($0) }
        do throws(ServerError) {
            try server.start()
        } catch {
            throw CommandError.input("the endpoint can't listen: \(error)")
        }
        let origin = "\(identity == nil ? "http" : "https")://127.0.0.1:\(server.port)"
        for scheme in served {
            for payload in scheme.payloads {
                Console.out("\(scheme.id.padded(to: 20))\(origin)\(printable(payload.path))")
            }
        }
        try Signals.onRequestToEnd { CurrentProcess.endAtOnce(with: Signals.exitCode ?? 0) }
        server.wait()
        return .success
    }

    /// Ten years, so that sums stay far from the limits of a clock.
    private static let longest = 315_576_000

    /// Returns the clock for freshness, grace periods, deduplication and the `Date` header.
    private static func clock(_ parsed: ParsedCommand) throws -> @Sendable () -> Int64 {
        let (offset, speed) = (try parsed[clockOffset], try parsed[speed])
        if offset == 0, speed == 1 { return { WallClock.seconds() } }
        let clock = EndpointClock(offset: Int64(offset), speed: speed)
        return { clock.seconds() }
    }

    private static func flaw(named name: String, _ parsed: ParsedCommand, _ schemes: [Scheme]) throws -> Flaw {
        let flaw = try FlawInput.flaw(named: name, parsed)
        guard schemes.contains(where: flaw.applies) else {
            throw parsed.error(
                "The flaw \(flaw.id) does not apply to \(schemes.map(\.id).joined(separator: ", ")).")
        }
        return flaw
    }
}

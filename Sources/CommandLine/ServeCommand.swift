internal import Arguments
internal import Bytes
internal import Catalogue
internal import Platform
internal import Reference
internal import ReportModel
internal import Schemes
internal import Transport

/// `countersign serve`: the reference endpoint.
enum ServeCommand {
    static let spec = CommandSpec(
        "serve", abstract: "Serves the reference endpoint on loopback, sound or with flaws.",
        discussion:
            "Without --scheme it speaks every scheme, each at the path of its document. Without --secret it takes "
            + "the published secret of each scheme ('schemes show NAME --published-secret'). Each scheme has a second "
            + "bridge with a published secret of its own, 'br_second' in the place of 'br_countersign' in the path, or "
            + "'/second' behind it. GET /countersign/effects counts what took effect; POST "
            + "/countersign/rotate-secret?path=PATH and the bridge interfaces of the documents (/v1/admin/bridges, "
            + "/api/channels/ch_countersign/bridges) want the admin token.",
        options: [
            OptionSpec(
                "scheme", value: "name-or-file", help: "Speak this scheme only.", isRepeating: true,
                completion: .values(SchemeLibrary.names)),
            SharedOptions.secret, SharedOptions.credential,
            OptionSpec("flaw", value: "name", help: "Have this flaw ('serve --flaws' lists them).", isRepeating: true),
            OptionSpec(flag: "flaws", help: "List the flaws and stop."),
            OptionSpec("port", value: "port", help: "Listen here; 0 lets the system choose.", defaultText: "0"),
            OptionSpec("tls-cert", value: "file", help: "Serve https with this certificate (PEM).", completion: .file),
            OptionSpec("tls-key", value: "file", help: "The certificate's private key (PEM).", completion: .file),
            OptionSpec(
                "grace", value: "seconds", help: "How long a replaced secret stays good.",
                defaultText: "as the scheme says, else 300"),
            OptionSpec(
                "dedupe", value: "seconds", help: "How long a delivery is remembered; 0 never remembers any.",
                defaultText: "as the scheme says, else 600"),
            OptionSpec(
                "clock-offset", value: "seconds",
                help: "How far its clock is ahead, or behind, as in --clock-offset=-30.",
                defaultText: "0"),
            OptionSpec(
                "speed", value: "times", help: "How fast its clock runs, from 1 to 1000 times.", defaultText: "1"),
            OptionSpec(
                "admin-token", value: "source",
                help: "Where the token of the administrative interfaces is: env:NAME, file:PATH, - for standard "
                    + "input, or 'published'. Never the token itself.",
                defaultText: "published: \(VectorContext.adminToken)",
                completion: .values(["env:", "file:", "-", "published"])),
        ])

    static func run(_ parsed: ParsedCommand) throws -> Int32 {
        if parsed.flag("flaws") {
            let width = FlawRegistry.all.map { $0.id.utf8.count }.max() ?? 0
            for flaw in FlawRegistry.all { Console.out(flaw.id.padded(to: width + 2) + flaw.title) }
            Console.out("\(FlawRegistry.all.count) flaws")
            return 0
        }
        let schemes = try parsed.values("scheme").map { try SchemeInput.scheme(named: $0, parsed) }
        let served = schemes.isEmpty ? SchemeLibrary.all : schemes
        let flaws = try parsed.values("flaw").map { try flaw($0, parsed, served) }
        let port = UInt16(try parsed.integer("port", in: 0...65_535) ?? 0)
        var secrets = [String: Secret]()
        var credentials = [String: [String: [UInt8]]]()
        for scheme in served {
            secrets[scheme.id] =
                parsed.isGiven("secret")
                ? try SecretInput.secret(parsed, scheme: scheme) : VectorContext.secret(of: scheme)
            credentials[scheme.id] =
                parsed.isGiven("credential")
                ? try SecretInput.credentials(parsed, scheme: scheme) : VectorContext.credentials(of: scheme)
        }
        let clock = try clock(parsed)
        let endpoint = ReferenceEndpoint(
            schemes: served, secrets: { secrets[$0.id].map { [$0] } ?? [] },
            credentials: { credentials[$0.id] ?? [:] }, flaws: flaws, adminToken: try SecretInput.adminToken(parsed),
            grace: try parsed.integer("grace", in: 0...longest), window: try parsed.integer("dedupe", in: 0...longest),
            clock: clock)
        let server = HTTPServer(port: port, tls: try identity(parsed), now: clock) { endpoint.answer($0) }
        do throws(ServerError) {
            try server.start()
        } catch {
            throw CommandError.input("the endpoint can't listen: \(error)")
        }
        let origin = "\(parsed.isGiven("tls-cert") ? "https" : "http")://127.0.0.1:\(server.port)"
        for scheme in served {
            for payload in scheme.payloads { Console.out("\(scheme.id.padded(to: 20))\(origin)\(payload.path)") }
        }
        try Signals.onRequestToEnd { CurrentProcess.endAtOnce(with: Signals.exitCode ?? 0) }
        server.wait()
        return 0
    }

    /// Ten years: the sums with it stay far from what a clock can say.
    private static let longest = 315_576_000

    /// Drives freshness, grace, what is remembered, and the `Date` of every answer.
    private static func clock(_ parsed: ParsedCommand) throws -> @Sendable () -> Int64 {
        let offset = try parsed.integer("clock-offset", in: -longest...longest) ?? 0
        let speed = try parsed.integer("speed", in: EndpointClock.speeds) ?? 1
        if offset == 0, speed == 1 { return { WallClock.seconds() } }
        let clock = EndpointClock(offset: Int64(offset), speed: speed)
        return { clock.seconds() }
    }

    private static func flaw(_ name: String, _ parsed: ParsedCommand, _ schemes: [Scheme]) throws -> Flaw {
        guard let flaw = FlawRegistry.all.first(where: { $0.id == name }) else {
            let nearest = Suggestion.nearest(name, among: FlawRegistry.all.map(\.id))
            throw parsed.error(
                "Unknown flaw '\(printable(name))'."
                    + (nearest.isEmpty ? "" : " Did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"),
                help: "'countersign serve --flaws' lists them")
        }
        guard schemes.contains(where: flaw.applies) else {
            throw parsed.error(
                "The flaw \(flaw.id) makes no sense for \(schemes.map(\.id).joined(separator: ", ")).")
        }
        return flaw
    }

    private static func identity(_ parsed: ParsedCommand) throws -> ServerIdentity? {
        switch (parsed.value("tls-cert"), parsed.value("tls-key")) {
        case (nil, nil): return nil
        case (let certificate?, let key?): return ServerIdentity(certificateFile: certificate, keyFile: key)
        default: throw parsed.error("--tls-cert and --tls-key go together.")
        }
    }
}

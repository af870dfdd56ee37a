import Foundation
import ReportModel
import Testing

/// What the reference endpoint does over time, as its flags say.
@Suite struct ServeTests {
    /// Asks over HTTP with curl, which knows nothing of this project.
    private static func curl(_ arguments: [String]) async throws -> (status: Int, text: String, date: String) {
        let output = try await Command.run(
            "/usr/bin/env", ["curl", "-s", "-i"] + arguments, environment: [:], deadline: 30)
        let parts = output.text.components(separatedBy: "\r\n\r\n")
        let lines = parts[0].components(separatedBy: "\r\n")
        let date = lines.first { $0.hasPrefix("Date: ") }.map { String($0.dropFirst(6)) } ?? ""
        return (Int(lines[0].split(separator: " ").dropFirst().first ?? "") ?? 0, parts.last ?? "", date)
    }

    private static func origin(_ served: Served) throws -> String {
        let url = try served.url("scaiwave")
        return String(url.prefix(url.count - "/v1/bridges/br_countersign/inbound".count))
    }

    private static func seconds(_ date: String) throws -> Double {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return try #require(format.date(from: date)).timeIntervalSince1970
    }

    @Test(.enabled(if: Command.isInstalled("curl"))) func clockAndTokenAreThoseOfTheFlags() async throws {
        let served = try await Served(
            "--scheme", "scaiwave", "--clock-offset=-315360000", "--speed", "1000", "--admin-token", "env:ADMIN",
            paths: 2,
            environment: ["ADMIN": "a-token-of-the-test"])
        let origin = try Self.origin(served)
        let first = try await Self.curl(["\(origin)/countersign/effects"])
        #expect(first.status == 200)
        #expect(first.text == #"{"effects":0,"repetitions":0,"events":[]}"#)
        // The command that asks again takes a few milliseconds at least, each of which is a second there.
        let second = try await Self.curl(["\(origin)/countersign/effects"])
        let began = try Self.seconds(first.date)
        #expect(try Self.seconds(second.date) > began)
        #expect(began < Date().timeIntervalSince1970 - 3600 || began > Date().timeIntervalSince1970)

        let rotate = ["-X", "POST", "\(origin)/countersign/rotate-secret?path=/scaiwave/incoming"]
        #expect(try await Self.curl(rotate).status == 401)
        let published = ["-H", "Authorization: Bearer countersign-published-admin-token"]
        #expect(try await Self.curl(published + rotate).status == 401)
        let rotated = try await Self.curl(["-H", "Authorization: Bearer a-token-of-the-test"] + rotate)
        #expect(rotated.status == 200)
        #expect(rotated.text.hasPrefix(#"{"secret":""#))
    }

    /// The published token and secrets are enough to find the way around.
    @Test(.enabled(if: Command.isInstalled("curl"))) func graceAndMemoryAreThoseOfTheFlags() async throws {
        let served = try await Served("--scheme", "scaiwave", "--grace", "0", "--dedupe", "0", paths: 2)
        let origin = try Self.origin(served)
        let url = try served.url("scaiwave")
        let signed = try await Command.countersign(
            "sign", "--url", url, "--scheme", "scaiwave", "--secret", "published", "--curl")
        let send = { try await Command.run("/bin/bash", ["-c", signed.text], environment: [:], deadline: 30).text }
        #expect(try await send() != send())
        #expect(try await Self.curl(["\(origin)/countersign/effects"]).text.contains(#""effects":2,"#))
        let token = ["-H", "Authorization: Bearer countersign-published-admin-token", "-X", "POST"]
        let rotated = try await Self.curl(token + ["\(origin)/v1/admin/bridges/br_countersign/rotate-secret"])
        #expect(rotated.status == 200)
        // The grace is over when the next second begins.
        let end = ContinuousClock.now + .seconds(20)
        var answer = ""
        while !answer.contains("invalid signature"), ContinuousClock.now < end { answer = try await send() }
        #expect(answer.contains("invalid signature"))
    }
}

import Foundation
import ReportModel
import Synchronization
import Testing

/// Reports are handed on: no secret and no right signature is in any of them, in whatever encoding, even when the target
/// sends them back.
@Suite struct SecretsInReportsTests {
    /// Looks for what must not be there. The signatures are recomputed by Python from the requests that arrived.
    private static let script = """
        import base64, glob, hashlib, hmac, json, os, sys, urllib.parse
        folder, secret = sys.argv[1], sys.argv[2].encode()
        def forms(value):
            codes = [base64.b64encode(value).decode(), base64.urlsafe_b64encode(value).decode()]
            return {value.hex(), value.hex().upper(), urllib.parse.quote_from_bytes(value), *codes, *[c.rstrip("=") for c in codes],
                *[urllib.parse.quote(c, safe="") for c in codes]}
        hidden = {form: "the secret" for form in forms(secret) | {secret.decode()}}
        macs = 0
        for line in open(os.path.join(folder, "requests.jsonl")):
            head, body = json.loads(line)["head"], base64.b64decode(json.loads(line)["body"])
            fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head.split("\\r\\n")[1:])}
            time = fields.get("x-slack-request-timestamp")
            if time is None: continue
            mac = hmac.new(secret, b"v0:" + time.encode("latin-1") + b":" + body, hashlib.sha256).digest()
            if fields.get("x-slack-signature") == "v0=" + mac.hex():
                macs += 1
                hidden.update({form: "a right signature" for form in forms(mac)})
        found, files = [], glob.glob(os.path.join(folder, "out", "*")) + glob.glob(os.path.join(folder, "*.txt"))
        for path in files:
            text = open(path, "rb").read().decode("latin-1")
            found += sorted({f"{os.path.basename(path)}: {what}" for form, what in hidden.items() if form in text})
        print(json.dumps({"found": found, "macs": macs, "files": len(files)}))
        """

    @Test(.enabled(if: Command.isInstalled("python3"), "python3 is missing"))
    func noFormatAndNoLogHoldsASecretOrARightSignature() async throws {
        let folder = try TemporaryFolder()
        let secret = "9b1f0c6e-the-secret+of/this=test"
        let received = Mutex<[String]>([])
        let server = try ScriptedServer { connection, _ in
            while let request = connection.request() {
                let text = request.map { UnicodeScalar($0) }.reduce(into: "") { $0.unicodeScalars.append($1) }
                let parts = text.components(separatedBy: "\r\n\r\n")
                let head = parts[0]
                let body = Data(request.dropFirst(head.unicodeScalars.count + 4)).base64EncodedString()
                if let line = try? JSONEncoder().encode(["head": head, "body": body]) {
                    received.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
                }
                // It says yes to everything, and tells everything that it knows.
                let data = Data(secret.utf8)
                let hex = data.map { String(format: "%02x", $0) }.joined()
                let echo = Array("\(secret) \(hex) \(data.base64EncodedString())\r\n".utf8) + request
                connection.send("HTTP/1.1 200 OK\r\nX-Echo: \(secret)\r\nContent-Length: \(echo.count)\r\n\r\n")
                connection.send(echo)
            }
        }
        let output = try await Command.countersign(
            "run", "http://127.0.0.1:\(server.port)/", "--scheme", "slack", "--secret", "env:S", "--profile", "smoke",
            "--level", "all", "--verbose", "--out", folder.path("out"), environment: ["S": secret])
        #expect(output.status == 1)
        _ = try folder.file("stdout.txt", output.text)
        _ = try folder.file("stderr.txt", output.errors)
        _ = try folder.file("requests.jsonl", received.withLock { $0.joined(separator: "\n") })
        let found = try await Command.run(
            "/usr/bin/env", ["python3", "-c", Self.script, folder.url.path, secret], deadline: 60)
        #expect(found.status == 0, "\(found.errors)")
        struct Found: Decodable { let found: [String], macs: Int, files: Int }
        let seen = try JSONDecoder().decode(Found.self, from: Data(found.stdout))
        #expect(seen.found == [])
        #expect(seen.macs > 10)
        #expect(seen.files >= 12)
    }
}

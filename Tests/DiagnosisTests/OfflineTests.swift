import Bytes
import Foundation
import ReportModel
import Reporting
import Schemes
import Testing
import Transport

@testable import Diagnosis

/// Requests that `make-captures.py` signed, with one or two mistakes.
@Suite("Offline diagnosis") struct OfflineTests {
    struct Entry: Sendable, CustomTestStringConvertible {
        let name, scheme: String
        let secret, request: [UInt8]
        let expect: [String]

        var testDescription: String { name }

        func diagnosed() throws -> CaptureDiagnosis {
            let scheme = try #require(SchemeLibrary.scheme(named: scheme))
            let key = try scheme.signature.secret.key(from: secret)
            return try Capture.read(request).diagnosed(scheme: scheme, secret: secret, key: key, now: OfflineTests.now)
        }
    }

    static let now: Int64 = 1_764_200_060

    static let entries: [Entry] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "captures.json")
        let root = (try? Data(contentsOf: file)).flatMap { try? JSON.parse(Array($0)) }
        return (root?.array ?? []).map { entry in
            Entry(
                name: entry["name"]?.string ?? "", scheme: entry["scheme"]?.string ?? "",
                secret: Array((entry["secret"]?.string ?? "").utf8),
                request: Base64.decode(Array((entry["request"]?.string ?? "").utf8)) ?? [],
                expect: entry["expect"]?.array?.compactMap(\.string) ?? [])
        }
    }()

    @Test("The recipe is found and named first", arguments: entries)
    func isFound(entry: Entry) throws {
        let recipes = try entry.diagnosed().recipes.map { $0.map(\.name).joined(separator: "+") }
        let first = try #require(recipes.first, "nothing was found")
        #expect(entry.expect.contains(first), "found \(recipes)")
    }

    @Test("There are the entries that the script writes")
    func entriesAreRead() { #expect(Self.entries.count >= 45) }

    @Test(
        "Another secret fits nothing",
        arguments: entries.filter { ["json.dumps", "body first", "no id"].contains($0.name) })
    func otherSecret(entry: Entry) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: entry.scheme))
        let other = Array("whsec_b3RoZXIgc2VjcmV0LCBub3QgdGhlIG9uZSB0aGF0IHNpZ25lZCE=".utf8)
        let diagnosis = try Capture.read(entry.request).diagnosed(
            scheme: scheme, secret: other, key: try scheme.signature.secret.key(from: other), now: Self.now)
        #expect(diagnosis.recipes.isEmpty)
    }

    @Test("What is printed has neither the secret nor the signature in it", arguments: entries)
    func isRedacted(entry: Entry) throws {
        let text = CaptureText.text(try entry.diagnosed(), width: 100)
        #expect(!text.contains(String(decoding: entry.secret, as: UTF8.self)))
        for name in ["X-Hub-Signature-256", "Stripe-Signature", "webhook-signature", "X-Signature"] {
            guard let value = try Capture.read(entry.request).request.headers.first(named: name) else { continue }
            #expect(!text.contains(String(decoding: value.suffix(20), as: UTF8.self)))
        }
    }
}

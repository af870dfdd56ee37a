import Bytes
import Cryptography
import Foundation
import ReportModel
import Schemes
import Testing
import Transport

/// A published example, from `vectors/official`.
struct OfficialVector: Sendable, CustomTestStringConvertible {
    let file: String
    let json: JSON
    var testDescription: String { "\(file) \(json["id"]?.string ?? "?")" }
    var status: String { json["status"]?.string ?? "" }
    var algorithm: String { json["algorithm"]?.string ?? "" }

    /// Every file of the directory.
    static let files: [URL] =
        ((try? FileManager.default.contentsOfDirectory(
            at: Tool.repository.appending(path: "vectors/official"), includingPropertiesForKeys: nil)) ?? [])
        .filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }

    static let all: [OfficialVector] = files.flatMap { url -> [OfficialVector] in
        guard let data = try? Data(contentsOf: url), let json = try? JSON.parse(data) else { return [] }
        return (json["tests"]?.array ?? []).map { OfficialVector(file: url.lastPathComponent, json: $0) }
    }

    static let macs = all.filter { $0.algorithm.hasPrefix("hmac-") }

    /// Those whose requests can be put together for a built-in scheme.
    static let requests = macs.filter { vector in
        vector.json["headers"] != nil && vector.json["secret"] != nil
            && vector.json["scheme"]?.string.map { SchemeLibrary.names.contains($0) } == true
    }

    func bytes(_ pointer: String) throws -> [UInt8] {
        let text = try json.text(pointer + "/base64")
        return try #require(Base64.decode(text.utf8))
    }
}

extension JSON {
    /// The string that a pointer names.
    fileprivate func text(_ pointer: String) throws -> String { try #require(self[pointer: pointer]?.string) }

    /// The bytes that a pointer names, in hexadecimal.
    fileprivate func hexadecimal(_ pointer: String) throws -> [UInt8] {
        let text = try text(pointer)
        return try #require(Hex.decode(text.utf8))
    }

    /// The scheme that a pointer names.
    fileprivate func scheme() throws -> Scheme {
        let name = try text("/scheme")
        return try #require(SchemeLibrary.scheme(named: name))
    }
}

@Suite("Published examples")
struct OfficialVectorTests {
    @Test("are there")
    func counts() {
        let all = OfficialVector.all
        print("\(OfficialVector.files.count) files of published examples: \(OfficialVector.macs.count) MACs")
        #expect(all.count >= 68 && OfficialVector.macs.count >= 55 && OfficialVector.requests.count >= 8)
        #expect(Set(all.compactMap { $0.json["id"]?.string }).count == all.count)
    }

    @Test("agree with our HMAC", arguments: OfficialVector.macs)
    func mac(vector: OfficialVector) throws {
        let hash = try #require(HashFunction(rawValue: String(vector.algorithm.dropFirst(5))))
        let key = try vector.json.hexadecimal("/key")
        if let secret = vector.json["secret"] {
            let text = try #require(secret["text"]?.string?.dropFirst(secret["prefix"]?.string?.count ?? 0))
            #expect((secret["decode"]?.string == "base64" ? Base64.decode(text.utf8) : Array(text.utf8)) == key)
        }
        let name = try vector.json.text("/encoding")
        let encoding = try #require(SignatureEncoding(rawValue: name))
        let signature = encoding.decode(Array(try vector.json.text("/signature").utf8))
        var right = HMAC.code(hash, key: key, message: try vector.bytes("/message"))
        if let length = vector.json["truncatedTo"]?.integer { right = Array(right.prefix(length)) }
        #expect((signature == right) == (vector.status != "invalid"))
    }

    @Test(
        "are accepted by our verifier, and rejected when one bit is wrong", arguments: OfficialVector.requests)
    func request(vector: OfficialVector) throws {
        let scheme = try vector.json.scheme()
        let text = Array(try vector.json.text("/secret/text").utf8)
        let hasFields = vector.json["fields"] != nil
        var request = HTTPRequest(target: "/", body: try vector.bytes(hasFields ? "/fields/body" : "/message"))
        for pair in vector.json["headers"]?.array ?? [] {
            let line = (pair.array ?? []).compactMap(\.string)
            request.headers.append(try #require(line.first), Array(try #require(line.last).utf8))
        }
        let stamp = hasFields ? try? vector.bytes("/fields/timestamp") : nil
        let now = stamp.flatMap { ASCII.decimal($0) }.map(Int64.init) ?? 0
        // The example of the bridge document has an API key beside the signature.
        let credentials = Dictionary(
            uniqueKeysWithValues: scheme.credentials.map { ($0.id, request.headers.first(named: $0.header) ?? []) })
        let verifier = Verifier(
            scheme: scheme, secrets: [try Secret(text, rule: scheme.signature.secret)], credentials: credentials)
        #expect(verifier.verify(request, now: now).isAccepted)
        request.body[0] ^= 1
        #expect(verifier.verify(request, now: now) == .rejected(.signatureWrong))
    }

    @Test("that are placeholders are rejected, whatever the secret")
    func placeholder() throws {
        let vector = try #require(OfficialVector.all.first { $0.json["id"]?.string == "bridge-crm-docs-example" })
        let scheme = try #require(SchemeLibrary.scheme(named: "bridge-events"))
        let example = Array(try vector.json.text("/example").utf8)
        #expect(example.count == "sha256=".utf8.count + 66)
        let secret = try Secret(scheme.signature.secret.publishedSecret("x"), rule: scheme.signature.secret)
        let right = HMAC.code(.sha256, key: secret.key, message: Array("1{}".utf8))
        #expect(SignatureEncoding.hex.decode(Array(example.dropFirst(7)))?.count != right.count)
        var request = HTTPRequest(target: "/", body: Array("{}".utf8))
        request.headers.append("X-Bridge-Timestamp", Array("1".utf8))
        request.headers.append("X-Bridge-Signature", example)
        let verifier = Verifier(scheme: scheme, secrets: [secret], freshness: nil)
        #expect(!verifier.verify(request, now: 1).isAccepted)
    }

    @Test("agree with Python, Ed25519 too", .enabled(if: Tool.reasonToSkip(module: "hmac") == nil))
    func python() throws {
        let paths = OfficialVector.files.map(\.path) + [HMACVectors.url.path]
        let result = try Tool.run([Tool.script("official.py")] + paths)
        let signatures = OfficialVector.all.count { $0.algorithm == "ed25519" }
        let illustrations = OfficialVector.all.count { $0.status == "illustration" }
        #expect(
            result.output == "\(OfficialVector.macs.count) MACs, \(signatures) Ed25519 signatures, "
                + "\(illustrations) illustrations, \(HMACVectors.all.count) HMAC vectors, 0 mismatches\n",
            "\(result.output)\(result.errors)")
        print(result.output, terminator: "")
    }

    @Test("keep to their JSON Schema", .enabled(if: Tool.reasonToSkip(module: "jsonschema") == nil))
    func schema() throws {
        let schemas = Tool.repository.appending(path: "vectors/schemas")
        for (schema, files) in [("official", OfficialVector.files), ("hmac", [HMACVectors.url])] {
            let path = schemas.appending(path: "\(schema).schema.json").path
            let result = try Tool.run([Tool.script("validate.py"), path] + files.map(\.path))
            #expect(result.output == "\(files.count) files valid\n", "\(result.output)\(result.errors)")
        }
    }
}

/// The tests of `vectors/hmac-sha256.json`.
enum HMACVectors {
    static let url = Tool.repository.appending(path: "vectors/hmac-sha256.json")
    static let all: [JSON] = {
        guard let data = try? Data(contentsOf: url), let json = try? JSON.parse(data) else { return [] }
        return json["tests"]?.array ?? []
    }()
}

@Suite("HMAC vectors")
struct HMACVectorTests {
    @Test("are judged rightly by our HMAC and comparison")
    func verdicts() throws {
        #expect(HMACVectors.all.count >= 170)
        var valid = 0
        for test in HMACVectors.all {
            let key = try test.hexadecimal("/key")
            let message = try test.hexadecimal("/message")
            let tag = try test.hexadecimal("/tag")
            let isRight = ConstantTime.equal(HMAC.code(.sha256, key: key, message: message), tag)
            #expect(isRight == (test["result"]?.string == "valid"), "\(test["id"]?.string ?? "?")")
            valid += isRight ? 1 : 0
        }
        #expect(valid > 0 && valid < HMACVectors.all.count)
    }

    @Test("catch a comparison that skips any one byte, each with a separate test", arguments: 0..<32)
    func skippedByte(place: Int) throws {
        let survivors = try HMACVectors.all.filter { test in
            let key = try test.hexadecimal("/key")
            let message = try test.hexadecimal("/message")
            var tag = try test.hexadecimal("/tag")
            var right = HMAC.code(.sha256, key: key, message: message)
            guard tag.count == right.count, test["result"]?.string == "invalid" else { return false }
            tag.remove(at: place)
            right.remove(at: place)
            return tag == right
        }
        #expect(survivors.map { $0["id"]?.string } == ["byte-\(place)"])
    }

    @Test("match the output of their script", .enabled(if: Tool.reasonToSkip(module: "hmac") == nil))
    func generator() throws {
        let result = try Tool.run([Tool.repository.appending(path: "vectors/tools/make-hmac-sha256.py").path])
        #expect(result.output == String(decoding: try Data(contentsOf: HMACVectors.url), as: UTF8.self))
    }
}

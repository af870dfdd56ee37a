import Bytes
import Cryptography
import Foundation
import Testing

@Suite("RSA with PKCS#1 v1.5 and SHA-256")
struct RSATests {
    private static let message = Array("header.claims".utf8)

    @Test("signs in one way only, verifies it, and nothing with a bit changed")
    func round() throws {
        let key = try RSAPrivateKey.generate()
        let signature = try key.sign(Self.message)
        #expect(signature.count == 256)
        #expect(try key.sign(Self.message) == signature)
        #expect(key.publicKey.verifies(signature, of: Self.message))
        #expect(!key.publicKey.verifies(signature, of: Self.message + [0]))
        #expect(!key.publicKey.verifies([], of: Self.message))
        #expect(!key.publicKey.verifies(signature + [0], of: Self.message))
        for place in stride(from: 0, to: 256, by: 15) {
            var other = signature
            other[place] ^= 1
            #expect(!key.publicKey.verifies(other, of: Self.message), "byte \(place)")
        }
        #expect(!(try RSAPrivateKey.generate()).publicKey.verifies(signature, of: Self.message))
    }

    @Test("reads back what it writes")
    func forms() throws {
        let key = try RSAPrivateKey.generate()
        let again = try RSAPrivateKey(der: key.der)
        #expect(again.der == key.der)
        let publicKey = try RSAPublicKey(pem: again.publicKey.pem)
        #expect(publicKey.der == key.publicKey.der)
        #expect(publicKey.modulus.count == 256 && publicKey.exponent == [1, 0, 1])
        #expect(publicKey.pem.starts(with: Array("-----BEGIN PUBLIC KEY-----\n".utf8)))
    }

    @Test("keeps keys for threads to share")
    func kept() async throws {
        let key = try RSAPrivateKey.generate()
        let (der, signature) = (key.der, try key.sign(Self.message))
        await withTaskGroup(of: [UInt8]?.self) { group in
            for _ in 0..<64 { group.addTask { try? RSAPrivateKey.kept(der: der).sign(Self.message) } }
            for await result in group { #expect(result == signature) }
        }
        #expect(throws: OpenSSLError.self) { try RSAPrivateKey.kept(der: [0x30]) }
    }

    @Test(
        "rejects invalid keys without prompting on a terminal", arguments: ["", "x", "-----BEGIN PRIVATE KEY-----\n"])
    func refuses(text: String) {
        #expect(throws: OpenSSLError.self) { try RSAPrivateKey(pem: Array(text.utf8)) }
        #expect(throws: OpenSSLError.self) { try RSAPrivateKey(der: Array(text.utf8)) }
        #expect(throws: OpenSSLError.self) { try RSAPublicKey(pem: Array(text.utf8)) }
    }

    @Test("rejects keys that are too short, of another kind, or encrypted")
    func unfit() throws {
        let commands = [
            "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024", "openssl genpkey -algorithm ED25519",
            "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -aes256 -pass pass:x",
        ]
        for command in commands {
            let pem = try Shell.output(of: command)
            #expect(pem.starts(with: Array("-----BEGIN".utf8)), "\(command)")
            #expect(throws: OpenSSLError.self, "\(command)") { try RSAPrivateKey(pem: pem) }
        }
    }

    @Test("signs what the openssl program signs")
    func program() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "countersign-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let pem = try Shell.output(
            of: "mkdir -p \(directory) && cd \(directory) && openssl genpkey -algorithm RSA "
                + "-pkeyopt rsa_keygen_bits:2048 -out key.pem 2>/dev/null && cat key.pem")
        let key = try RSAPrivateKey(pem: pem)
        let expected = try Shell.output(
            of: "cd \(directory) && printf 'header.claims' | openssl dgst -sha256 -sign key.pem")
        #expect(try key.sign(Self.message) == expected)
        #expect(try Shell.output(of: "cd \(directory) && openssl pkey -in key.pem -pubout") == key.publicKey.pem)
    }
}

/// Commands that this project did not write.
enum Shell {
    static func output(of command: String) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return [UInt8](data)
    }
}

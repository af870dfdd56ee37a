import Bytes
import Cryptography
import Testing

/// RFC 4231 §4 and RFC 2202 §3: published key, message and code.
struct PublishedHMAC: Sendable, CustomTestStringConvertible {
    let name: String
    let hash: HashFunction
    let key: [UInt8]
    let message: [UInt8]
    let code: String
    var testDescription: String { name }

    static let all = [
        PublishedHMAC(
            name: "RFC 4231 case 1", hash: .sha256, key: Array(repeating: 0x0B, count: 20),
            message: Array("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        PublishedHMAC(
            name: "RFC 4231 case 2", hash: .sha256, key: Array("Jefe".utf8),
            message: Array("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        PublishedHMAC(
            name: "RFC 4231 case 3", hash: .sha256, key: Array(repeating: 0xAA, count: 20),
            message: Array(repeating: 0xDD, count: 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        PublishedHMAC(
            name: "RFC 4231 case 6", hash: .sha256, key: Array(repeating: 0xAA, count: 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        PublishedHMAC(
            name: "RFC 4231 case 2, SHA-512", hash: .sha512, key: Array("Jefe".utf8),
            message: Array("what do ya want for nothing?".utf8),
            code: "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"),
        PublishedHMAC(
            name: "RFC 2202 SHA-1 case 2", hash: .sha1, key: Array("Jefe".utf8),
            message: Array("what do ya want for nothing?".utf8), code: "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
    ]
}

@Suite("HMAC")
struct HMACTests {
    @Test("produces the published codes", arguments: PublishedHMAC.all)
    func published(example: PublishedHMAC) {
        #expect(Hex.string(HMAC.code(example.hash, key: example.key, message: example.message)) == example.code)
    }

    @Test("produces the same code when the context is reused and the message comes in parts")
    func reused() {
        let example = PublishedHMAC.all[1]
        let hmac = HMAC(example.hash, key: example.key)
        for split in 0...example.message.count {
            let code = hmac.code(of: Array(example.message[..<split]), Array(example.message[split...]))
            #expect(Hex.string(code) == example.code)
        }
    }

    @Test("works under an empty key and on an empty message")
    func empty() {
        // python3 -c 'import hmac; print(hmac.new(b"", b"", "sha256").hexdigest())'
        #expect(
            Hex.string(HMAC.code(.sha256, key: [], message: []))
                == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test(
        "digests",
        arguments: [
            (HashFunction.sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (.md5, "d41d8cd98f00b204e9800998ecf8427e"),
        ])
    func digests(hash: HashFunction, ofNothing: String) {
        #expect(Hex.string(hash.digest([])) == ofNothing)
    }

    @Test("compares whole byte strings")
    func constantTime() {
        #expect(ConstantTime.equal([1, 2, 3], [1, 2, 3]))
        #expect(ConstantTime.equal([], []))
        for position in 0..<32 {
            var other = [UInt8](repeating: 7, count: 32)
            other[position] ^= 1
            #expect(!ConstantTime.equal([UInt8](repeating: 7, count: 32), other))
        }
        #expect(!ConstantTime.equal([1, 2], [1, 2, 3]))
        #expect(!ConstantTime.equal([], [0]))
    }
}

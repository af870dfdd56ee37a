import Bytes
import Cryptography
import Foundation
import Synchronization
import Testing

/// Many threads, with contexts of their own and with those that are kept: the parameters given to OpenSSL once pointed to a name that was gone, which only
/// showed when other threads used the memory.
@Suite("HMAC on many threads")
struct HMACThreadTests {
    /// Made by `openssl dgst -HASH -mac HMAC -macopt hexkey:KEY`; under the empty key, by Python's `hmac`.
    private static let codes: [(hash: HashFunction, key: [UInt8], message: [UInt8], code: [UInt8])] = [
        (
            .md5, Array(repeating: 0x0B, count: 20), Array("Hi There".utf8),
            hex(
                "5ccec34ea9656392457fa1ac27f08fbc")
        ),
        (
            .sha1, Array(repeating: 0x0B, count: 20), Array("Hi There".utf8),
            hex(
                "b617318655057264e28bc0b6fb378c8ef146be00")
        ),
        (
            .sha256, Array(repeating: 0x0B, count: 20), Array("Hi There".utf8),
            hex(
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        ),
        (
            .sha384, Array(repeating: 0x0B, count: 20), Array("Hi There".utf8),
            hex(
                "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6")
        ),
        (
            .sha512, Array(repeating: 0x0B, count: 20), Array("Hi There".utf8),
            hex(
                "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4"
                    + "be9d914eeb61f1702e696c203a126854")
        ),
        (
            .md5, Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            hex(
                "750c783e6ab0b503eaa86e310a5db738")
        ),
        (
            .sha1, Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            hex(
                "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")
        ),
        (
            .sha256, Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            hex(
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        ),
        (
            .sha384, Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            hex(
                "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649")
        ),
        (
            .sha512, Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            hex(
                "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fd"
                    + "caeab1a34d4a6b4b636e070a38bce737")
        ),
        (
            .md5, Array(repeating: 0xAA, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            hex(
                "bfecaf4efff90a3a668f3922fec3762d")
        ),
        (
            .sha1, Array(repeating: 0xAA, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            hex(
                "90d0dace1c1bdc957339307803160335bde6df2b")
        ),
        (
            .sha256, Array(repeating: 0xAA, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            hex(
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
        ),
        (
            .sha384, Array(repeating: 0xAA, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            hex(
                "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952")
        ),
        (
            .sha512, Array(repeating: 0xAA, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            hex(
                "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e52"
                    + "95e64f73f63f0aec8b915a985d786598")
        ),
        (
            .md5, [], [],
            hex(
                "74e6f7298a9c2d168935f58c001bad88")
        ),
        (
            .sha1, [], [],
            hex(
                "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d")
        ),
        (
            .sha256, [], [],
            hex(
                "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
        ),
        (
            .sha384, [], [],
            hex(
                "6c1f2ee938fad2e24bd91298474382ca218c75db3d83e114b3d4367776d14d3551289e75e8209cd4b792302840234adc")
        ),
        (
            .sha512, [], [],
            hex(
                "b936cee86c9f87aa5d3c6f2e84cb5a4239a5fe50480a6ec66b70ab5b1f4ac6730c6c515421b327ec1d69402e53dfb49a"
                    + "d7381eb067b338fd7b0cb22247225d47")
        ),
    ]

    private static func hex(_ text: String) -> [UInt8] { Hex.decode(Array(text.utf8)) ?? [] }

    @Test("produces the correct code every time", .timeLimit(.minutes(2)))
    func fresh() {
        let right = Mutex(0)
        Self.onThreads(8) { thread in
            var own = 0
            // Each thread begins at another code, so that no two are at the same one for long.
            for round in 0..<100 {
                for place in Self.codes.indices {
                    let (hash, key, message, code) = Self.codes[(place + thread * 3 + round) % Self.codes.count]
                    // A key of its own, not the buffer that the others read.
                    if HMAC(hash, key: key.map { $0 }).code(of: message) == code { own += 1 }
                }
            }
            right.withLock { $0 += own }
        }
        #expect(right.withLock { $0 } == 8 * 100 * Self.codes.count)
    }

    @Test("produces the correct code whoever used the context of a key before", .timeLimit(.minutes(2)))
    func kept() {
        let right = Mutex(0)
        Self.onThreads(8) { thread in
            // More keys than are kept come between.
            let others = (0..<100).map { [UInt8($0), UInt8(thread)] }
            var own = 0
            for round in 0..<100 {
                _ = HMAC.code(.sha256, key: others[round], message: others[round])
                for (hash, key, message, code) in Self.codes where HMAC.code(hash, key: key, message: message) == code {
                    own += 1
                }
            }
            right.withLock { $0 += own }
        }
        #expect(right.withLock { $0 } == 8 * 100 * Self.codes.count)
    }

    @Test("produces the correct code from a context that is reused repeatedly", .timeLimit(.minutes(2)))
    func reused() {
        let right = Mutex(0)
        Self.onThreads(8) { _ in
            let contexts = Self.codes.map { HMAC($0.hash, key: $0.key) }
            var own = 0
            for _ in 0..<100 {
                for (context, known) in zip(contexts, Self.codes) where context.code(of: known.message) == known.code {
                    own += 1
                }
            }
            right.withLock { $0 += own }
        }
        #expect(right.withLock { $0 } == 8 * 100 * Self.codes.count)
    }

    private static func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let group = DispatchGroup()
        for thread in 0..<count {
            group.enter()
            Thread.detachNewThread {
                body(thread)
                group.leave()
            }
        }
        group.wait()
    }
}

import Bytes
import Cryptography
import Testing

/// RFC 8032 §7.1: published seed, public key, message and signature.
struct PublishedEd25519: Sendable, CustomTestStringConvertible {
    let name: String
    let seed: String
    let publicKey: String
    let message: String
    let signature: String
    var testDescription: String { name }

    static let all = [
        PublishedEd25519(
            name: "test 1", seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", message: "",
            signature: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
                + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
        PublishedEd25519(
            name: "test 2", seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", message: "72",
            signature: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
        PublishedEd25519(
            name: "test 3", seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", message: "af82",
            signature: "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
        PublishedEd25519(
            name: "test SHA(abc)", seed: "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            publicKey: "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            message: "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            signature: "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
                + "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"),
    ]
}

@Suite("Ed25519")
struct Ed25519Tests {
    @Test("produces the published public keys and signatures", arguments: PublishedEd25519.all)
    func published(example: PublishedEd25519) throws {
        let seed = try #require(Hex.decode(Array(example.seed.utf8)))
        let message = try #require(Hex.decode(Array(example.message.utf8)))
        #expect(Hex.string(try Ed25519.publicKey(seed: seed)) == example.publicKey)
        #expect(Hex.string(try Ed25519.sign(message, seed: seed)) == example.signature)
    }

    @Test("verifies the published signatures, and none with a bit changed", arguments: PublishedEd25519.all)
    func verifies(example: PublishedEd25519) throws {
        let key = try #require(Hex.decode(Array(example.publicKey.utf8)))
        let message = try #require(Hex.decode(Array(example.message.utf8)))
        let signature = try #require(Hex.decode(Array(example.signature.utf8)))
        #expect(Ed25519.verifies(signature, of: message, publicKey: key))
        for place in signature.indices {
            var other = signature
            other[place] ^= 1
            #expect(!Ed25519.verifies(other, of: message, publicKey: key), "byte \(place)")
        }
        #expect(!Ed25519.verifies(signature, of: message + [0], publicKey: key))
        #expect(!Ed25519.verifies(signature + [0], of: message, publicKey: key))
        #expect(!Ed25519.verifies([], of: message, publicKey: key))
    }

    @Test("rejects keys of another length", arguments: [0, 1, 31, 33, 64])
    func lengths(count: Int) {
        let bytes = [UInt8](repeating: 7, count: count)
        #expect(throws: OpenSSLError.self) { try Ed25519.sign([], seed: bytes) }
        #expect(throws: OpenSSLError.self) { try Ed25519.publicKey(seed: bytes) }
        #expect(!Ed25519.verifies([UInt8](repeating: 0, count: 64), of: [], publicKey: bytes))
    }
}

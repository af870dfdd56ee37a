package import Bytes
internal import Cryptography

/// A signed statement: a DSSE envelope, version 1.0.2, with one Ed25519 signature.
package struct Envelope: Sendable, Hashable {
    /// The media type of the payload.
    package var payloadType: String
    /// The bytes that are signed.
    package var payload: [UInt8]
    /// A name for the key, which proves nothing.
    package var keyID: String
    /// The signature.
    package var signature: [UInt8]

    /// The media type of in-toto statements.
    package static let statementType = "application/vnd.in-toto+json"

    /// Signs a statement.
    ///
    /// - Parameter seed: the private key, 32 bytes.
    package init(signing payload: [UInt8], seed: [UInt8]) throws {
        payloadType = Self.statementType
        self.payload = payload
        keyID = KeyFile.id(of: try Ed25519.publicKey(seed: seed))
        signature = try Ed25519.sign(Self.encoding(type: payloadType, payload), seed: seed)
    }

    /// Reads the JSON text of an envelope with one signature.
    package init(_ bytes: [UInt8]) throws(JSONProblem) {
        let root: JSONCursor
        do {
            root = JSONCursor(try JSON.parse(bytes))
        } catch {
            throw JSONProblem("", "this is not JSON: \(error)")
        }
        payloadType = try root["payloadType"].string
        payload = try Self.decoded(root["payload"])
        let signatures = try root["signatures"].elements
        guard signatures.count == 1, let only = signatures.first else {
            throw try root["signatures"].problem("expected one signature")
        }
        keyID = try only["keyid"].string
        signature = try Self.decoded(only["sig"])
    }

    private static func decoded(_ node: JSONCursor) throws(JSONProblem) -> [UInt8] {
        guard let bytes = Base64.decode(try node.string.utf8) else { throw node.problem("expected Base64") }
        return bytes
    }

    /// The envelope as one line of JSON, without the line's end.
    package var line: [UInt8] {
        let envelope: JSON = [
            "payload": .string(Base64.string(payload)),
            "payloadType": .string(payloadType),
            "signatures": [["keyid": .string(keyID), "sig": .string(Base64.string(signature))]],
        ]
        return envelope.serialized()
    }

    /// Whether the signature is that of a key.
    package func isSigned(by publicKey: [UInt8]) -> Bool {
        Ed25519.verifies(signature, of: Self.encoding(type: payloadType, payload), publicKey: publicKey)
    }

    /// Returns what is signed: DSSE's pre-authentication encoding, in which no type can be taken for a payload.
    package static func encoding(type: String, _ payload: [UInt8]) -> [UInt8] {
        Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
    }
}

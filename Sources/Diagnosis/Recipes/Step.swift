package import Bytes
package import ReportModel
package import Schemes
package import Transport

/// One way in which what is computed may differ from what a scheme's document says. A recipe is a few of them.
package struct Step: Sendable {
    /// What differs, in words.
    package let deviation: Deviation
    /// How likely it is beside the others; recipes are tried and named in this order.
    package let weight: Int
    /// What it changes.
    package let change: Change

    /// What a step changes. A function returns `nil` where the step does not apply.
    package enum Change: Sendable {
        /// The bytes that are taken for the body.
        case body(@Sendable (BodySource) -> [UInt8]?)
        /// The timestamp that is signed, whatever is sent.
        case timestamp(@Sendable (StampSource) -> [UInt8]?)
        /// The timestamp that is signed and sent, from the time now.
        case sentTimestamp(@Sendable (Int64) -> [UInt8])
        /// The signed message.
        case message(MessageTemplate)
        /// The key's bytes.
        case key(@Sendable (KeySource) -> [UInt8]?)
        /// The function that signs.
        case code(Code)
        /// The text of a signature, from its bytes.
        case text(@Sendable ([UInt8]) -> [UInt8])
        /// The finished request, in which a scheme put its signature.
        case wire(@Sendable (inout HTTPRequest, Scheme) -> Void)
        /// Another scheme signs.
        case scheme(Scheme)
    }

    init(_ deviation: Deviation, weight: Int, _ change: Change) {
        self.deviation = deviation
        self.weight = weight
        self.change = change
    }

    var aspect: Deviation.Aspect { deviation.aspect }
}

/// A body with its meaning, parsed once.
package struct BodySource: Sendable {
    /// The body as it was sent.
    package let bytes: [UInt8]
    /// What it means; `nil` when it is not JSON.
    package let json: JSON?

    /// Parses a body.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        json = try? JSON.parse(bytes)
    }
}

/// A timestamp with where another one may come from.
package struct StampSource: Sendable {
    /// Its text as it was sent.
    package let text: [UInt8]
    /// What it says, in Unix seconds; `nil` when it is not a number.
    package let seconds: Int64?
    /// The body's meaning.
    package let json: JSON?

    /// Reads a timestamp, in seconds or milliseconds.
    package init(_ text: [UInt8], json: JSON?) {
        self.text = text
        self.json = json
        let number = ASCII.decimal(text).flatMap(Int64.init(exactly:))
        seconds = number.map { $0 > 100_000_000_000 ? $0 / 1000 : $0 }
    }
}

/// A secret from which a key is made.
package struct KeySource: Sendable {
    /// The secret as the vendor shows it.
    package let text: [UInt8]
    /// The documented key.
    package let key: [UInt8]
    /// The documented rule.
    package let rule: SecretRule

    /// Creates a source.
    package init(text: [UInt8], key: [UInt8], rule: SecretRule) {
        self.text = text
        self.key = key
        self.rule = rule
    }
}

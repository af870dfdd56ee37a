/// What was found about one captured request.
package struct CaptureDiagnosis: Sendable, Hashable {
    /// The scheme's name.
    package var scheme: String
    /// Recipes by which the signature was made, the likeliest first; an empty one is the document's own.
    package var recipes: [[Deviation]]
    /// How many recipes were tried.
    package var tried: Int
    /// What is striking about the request.
    package var facts: [CaptureFact]
    /// Why the secret is plainly another thing, if it is.
    package var mistakes: [SecretMistake]

    /// Creates a diagnosis.
    package init(
        scheme: String, recipes: [[Deviation]], tried: Int, facts: [CaptureFact], mistakes: [SecretMistake] = []
    ) {
        self.scheme = scheme
        self.recipes = recipes
        self.tried = tried
        self.facts = facts
        self.mistakes = mistakes
    }
}

/// Something striking about a captured request, without any of its secrets.
package enum CaptureFact: Sendable, Hashable {
    /// There is no such header.
    case headerMissing(String)
    /// The header is repeated.
    case headerRepeated(String)
    /// Another header holds what looks like a signature.
    case signatureElsewhere(header: String)
    /// Nothing in the header looks like a signature.
    case signatureUnreadable(header: String)
    /// The signature lacks characters or has too many.
    case signatureLength(count: Int, due: Int, encoding: String)
    /// The signature has a character that its encoding lacks, at this place, counted from 1.
    case signatureCharacter(place: Int, encoding: String)
    /// The timestamp is this many seconds old, outside the window.
    case age(seconds: Int64, window: Int64)
    /// The timestamp is this many seconds ahead, outside the window.
    case ahead(seconds: Int64, window: Int64)
    /// The timestamp is not in Unix seconds.
    case timestampForm
    /// The declared length is not that of the body.
    case contentLength(declared: Int, found: Int)
    /// The text that the body was taken from has lost bytes.
    case lostBytes(Source)
    /// The body has characters in place of bytes that could not be read.
    case replacedCharacters(Int)
    /// There is no body.
    case noBody
    /// The body is too large for pairs of steps.
    case pairsNotTried(bytes: Int)

    /// Where a body was taken from.
    package enum Source: String, Sendable, Hashable, CaseIterable {
        /// An entry of a HAR file.
        case har
        /// An event of smee.io, which keeps what the body means and not its bytes.
        case relay
    }
}

internal import ReportModel
package import Schemes

/// Everything that may differ from a scheme's document, as data. A new serialiser or scheme extends it.
package struct RecipeSpace: Sendable {
    /// The scheme.
    package let scheme: Scheme
    /// Steps that change what is signed, by aspect.
    let bodies, timestamps, messages, keys, codes: [Step]
    /// Steps that change the text of a signature.
    let texts: [Step]
    /// Steps that only a live request shows: what is sent besides the signature.
    let sentTimestamps, wires, schemes: [Step]

    /// Creates the space of a scheme.
    ///
    /// - Parameters:
    ///   - url: the public URL, which some schemes sign.
    ///   - body: a body whose members may be signed alone; `nil` leaves them out.
    package init(_ scheme: Scheme, url: String? = nil, body: BodySource? = nil) {
        self.scheme = scheme
        let signsBody = scheme.signature.message.contains(.body)
        let isTimed = scheme.timestamp != nil && scheme.token == nil
        bodies = signsBody ? BodySteps.all + BodySteps.members(of: body?.json) : []
        timestamps = isTimed ? TimestampSteps.signed : []
        sentTimestamps = isTimed ? TimestampSteps.sent : []
        messages = MessageSteps.all(for: scheme, url: url)
        keys = KeySteps.all(for: scheme)
        codes = SignatureSteps.codes(for: scheme)
        texts = SignatureSteps.texts(for: scheme)
        wires = SignatureSteps.wires(for: scheme)
        schemes = SignatureSteps.schemes(besides: scheme)
    }

    /// Every single step.
    package var steps: [Step] {
        bodies + timestamps + messages + keys + codes + texts + sentTimestamps + wires + schemes
    }
}

/// The built-in schemes, read once.
enum KnownSchemes {
    static let all = SchemeLibrary.all
}

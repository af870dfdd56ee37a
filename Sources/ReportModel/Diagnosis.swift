/// One thing that explains what a target did.
package struct Diagnosis: Sendable, Hashable {
    /// What explains it.
    package var finding: Finding
    /// The cases that it explains, in catalogue order.
    package var explains: [String]
    /// The cases that contradict it: it would have failed them, and the target did not.
    package var contradicts: [String]

    /// Creates a diagnosis.
    package init(_ finding: Finding, explains: [String] = [], contradicts: [String] = []) {
        self.finding = finding
        self.explains = explains
        self.contradicts = contradicts
    }

    /// What explains what a target did.
    package enum Finding: Sendable, Hashable {
        /// The target gets wrong what flaws of the reference endpoint get wrong; several when they can't be told apart.
        case flaws([Flaw])
        /// The recipe by which the target verifies, found by asking it.
        case recipe(RecipeFinding)
        /// None of the recipes that were tried is the target's.
        case noRecipe(RecipeSearch)
        /// What the answer to a valid request says.
        case answer(AnswerReading)
        /// The secret is plainly not what the scheme uses.
        case secret(SecretMistake)
    }

    /// A flaw of the reference endpoint.
    package struct Flaw: Sendable, Hashable {
        /// Its name, such as `future-accepted`.
        package var id: String
        /// What it tells the owner of an endpoint.
        package var explanation: String

        /// Creates a flaw.
        package init(id: String, explanation: String) {
            self.id = id
            self.explanation = explanation
        }
    }

    /// How recipes were tried.
    package struct RecipeSearch: Sendable, Hashable {
        /// How many recipes were tried.
        package var tried: Int
        /// How many recipes were left when the search ended.
        package var untried: Int
        /// How many requests were sent.
        package var requests: Int
        /// Why the search ended before all were tried; `nil` when it did not.
        package var end: End?

        /// Why a search ended early.
        package enum End: String, Sendable, Hashable, CaseIterable {
            /// The number of requests that were allowed was reached.
            case limit
            /// The target limits the rate of requests.
            case limited
            /// The target stopped answering.
            case lost
            /// The target's verdicts do not follow from the requests.
            case unsteady
            /// The run was interrupted.
            case interrupted
        }

        /// Creates a search.
        package init(tried: Int, untried: Int = 0, requests: Int, end: End? = nil) {
            self.tried = tried
            self.untried = untried
            self.requests = requests
            self.end = end
        }
    }

    /// The recipe of a target.
    package struct RecipeFinding: Sendable, Hashable {
        /// Recipes that no request can tell apart, the likeliest first; each is what differs from the document.
        package var alternatives: [[Deviation]]
        /// How it was found.
        package var search: RecipeSearch

        /// Creates a finding.
        package init(alternatives: [[Deviation]], search: RecipeSearch) {
            self.alternatives = alternatives
            self.search = search
        }
    }
}

/// One way in which a recipe differs from the scheme's document.
package struct Deviation: Sendable, Hashable {
    /// What it is about.
    package var aspect: Aspect
    /// Its name in kebab case, unique within the aspect, such as `python`.
    package var id: String
    /// What is used, as a noun phrase: `json.dumps(json.loads(body)) in place of the body`.
    package var actual: String
    /// What the document says, as a noun phrase.
    package var documented: String

    /// What a deviation is about, in the order in which a signature is made.
    package enum Aspect: String, Sendable, Hashable, CaseIterable, Comparable {
        /// The bytes that are taken for the body.
        case body
        /// The timestamp.
        case timestamp
        /// Which values are signed, and what is between them.
        case message
        /// How the secret becomes a key.
        case key
        /// The function that signs.
        case algorithm
        /// How the signature is written as text.
        case encoding
        /// The header that carries it, and what surrounds it.
        case header
        /// Another scheme altogether.
        case scheme

        /// Orders by the stage of signing.
        package static func < (left: Aspect, right: Aspect) -> Bool { left.place < right.place }

        private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// Creates a deviation.
    package init(_ aspect: Aspect, _ id: String, actual: String, documented: String) {
        self.aspect = aspect
        self.id = id
        self.actual = actual
        self.documented = documented
    }
}

/// What an answer to a valid request says, apart from its signature.
package struct AnswerReading: Sendable, Hashable {
    /// What it says.
    package var kind: Kind
    /// A detail, such as the place that a redirect names; printable and short.
    package var detail: String?

    /// What an answer says.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The request was sent elsewhere.
        case redirect
        /// The answer asks for other credentials than the signature.
        case authenticate
        /// A filter against forged forms refused it.
        case csrf
        /// A page that asks a person to sign in.
        case login
        /// A page that checks for a browser.
        case challenge
        /// A firewall refused it.
        case firewall
        /// A proxy or gateway answered in place of the endpoint.
        case proxy
        /// Nothing is at this path.
        case notFound = "not-found"
        /// The method is not allowed there.
        case method
        /// The length must be given.
        case lengthRequired = "length-required"
        /// The body is too large.
        case tooLarge = "too-large"
        /// The media type is not supported.
        case mediaType = "media-type"
        /// The rate of requests is limited.
        case rateLimited = "rate-limited"
        /// The endpoint failed while it handled the request.
        case failed
    }

    /// Creates a reading.
    package init(_ kind: Kind, detail: String? = nil) {
        self.kind = kind
        self.detail = detail
    }
}

/// Why a text is plainly not the secret that a scheme signs with.
package struct SecretMistake: Sendable, Hashable {
    /// What it is.
    package var kind: Kind
    /// A name that says more, such as that of the vendor whose token it is; never a part of the secret.
    package var detail: String?

    /// What a text is, other than a secret.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A public key or a certificate.
        case publicKey = "public-key"
        /// A private key in PEM, where a shared secret is used.
        case privateKey = "private-key"
        /// A token that authorises calls, and signs nothing.
        case token
        /// A URL.
        case url
        /// A text that is to be replaced by a secret.
        case placeholder
        /// A secret in quotation marks.
        case quoted
        /// A secret with spaces or line ends around it.
        case spaced
        /// A name with its value, as in a file of variables.
        case assignment
    }

    /// Creates a mistake.
    package init(_ kind: Kind, detail: String? = nil) {
        self.kind = kind
        self.detail = detail
    }
}

internal import Bytes
internal import Schemes

/// The requests of a lane that belong to no case: valid ones in the place of probes, and wrong signatures. Where they
/// come and in which order is drawn from the seed, so that no target can foresee it.
struct Sentinels {
    /// One of them.
    enum Kind: Sendable {
        /// A valid request in the form of the next case's.
        case valid
        /// A wrong signature, the same bytes each time.
        case wrongAgain
        /// A wrong signature on a request that was never sent before.
        case wrongOnce
    }

    /// The sentinels before each case, and those after the last.
    private let slots: [[Kind]]

    /// The fewest of a lane: a pattern meets twelve by chance once in four thousand runs.
    private static let fewest = 12
    /// One for so many cases, which send two requests each.
    private static let casesPerSentinel = 16

    /// Draws them for a lane with so many cases.
    init(cases: Int, seed: UInt64, lane: Int) {
        var generator = SeededGenerator(seed: seed ^ UInt64(lane + 1) &* 0x9E6D_62D0_6F6A_9A9B)
        var slots = [[Kind]](repeating: [], count: cases + 1)
        // Each kind is there; beyond that a coin falls.
        var kinds: [Kind] = [.valid, .valid, .wrongAgain, .wrongAgain, .wrongOnce]
        while kinds.count < max(Self.fewest, cases / Self.casesPerSentinel) {
            kinds.append(
                Bool.random(using: &generator) ? .valid : Bool.random(using: &generator) ? .wrongAgain : .wrongOnce)
        }
        for kind in kinds.shuffled(using: &generator) {
            slots[Int.random(in: 0...cases, using: &generator)].append(kind)
        }
        self.slots = slots
    }

    /// Those to be sent before the case at this place of the lane.
    func before(_ place: Int) -> [Kind] { slots[place] }

    /// Returns a request that is valid but for its signature, which has the right form and is drawn at random.
    static func wrongSignature(_ context: RequestContext, seed: UInt64) -> SignedRequest {
        var draft = Draft(context)
        let encoding = draft.encoding
        draft.onceSigned { parts in
            var generator = SeededGenerator(seed: seed)
            parts.signature = encoding.encode(parts.mac.map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        }
        return draft.signedRequest()
    }
}

/// How one case is put to a target: drawn from the seed and the case's id, whatever lane runs it.
struct CaseOrder {
    /// Whether the probe comes before its control.
    let isProbeFirst: Bool
    /// Whether a valid request comes before both.
    let hasExtraControl: Bool
    /// A short name of the case, whatever the plan: eight characters or fewer.
    let name: String

    init(of id: String, seed: UInt64) {
        // FNV-1a: a hash that is the same in every process.
        let hash = id.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        name = String(hash >> 24, radix: 36)
        var generator = SeededGenerator(seed: seed ^ hash)
        isProbeFirst = Bool.random(using: &generator)
        hasExtraControl = Int.random(in: 0..<24, using: &generator) == 0
    }
}

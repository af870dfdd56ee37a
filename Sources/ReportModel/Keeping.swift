/// Why a case is kept although no flaw of the reference endpoint needs it.
package enum Keeping: Sendable, Hashable {
    /// A valid form that real senders use and real endpoints have rejected.
    case interop(String)
    /// A defect of a real endpoint that the reference endpoint can't reproduce.
    case regression(String)

    /// The reason in words.
    package var reason: String {
        switch self {
        case .interop(let reason): "interop: \(reason)"
        case .regression(let reason): "regression: \(reason)"
        }
    }
}

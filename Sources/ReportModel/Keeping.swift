/// Why a case stays although no flaw of the reference endpoint needs it to be caught.
package enum Keeping: Sendable, Hashable {
    /// A valid shape that real senders use and real endpoints have refused.
    case interop(String)
    /// A defect that was seen in a real endpoint and can't be shown by the reference endpoint.
    case regression(String)

    /// The reason in words.
    package var reason: String {
        switch self {
        case .interop(let reason): "interop: \(reason)"
        case .regression(let reason): "regression: \(reason)"
        }
    }
}

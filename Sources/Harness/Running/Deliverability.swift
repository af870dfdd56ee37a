internal import ReportModel
internal import Synchronization

/// What the path delivers of the forms of request that are only tried when a probe of that form was turned away.
final class Deliverability: Sendable {
    private let found = Mutex<[TransportFeature: Measurements.Delivery]>([:])

    /// What was tried, and what became of it.
    var known: [TransportFeature: Measurements.Delivery] { found.withLock { $0 } }

    /// Returns what becomes of valid requests of a form, which is measured once.
    ///
    /// - Parameter measure: sends one; `nil` when its answer says nothing of the path.
    func delivery(
        of feature: TransportFeature, measure: () -> Measurements.Delivery?
    ) -> Measurements.Delivery? {
        if let known = found.withLock({ $0[feature] }) { return known }
        let delivery = measure()
        if let delivery { found.withLock { $0[feature] = delivery } }
        return delivery
    }
}

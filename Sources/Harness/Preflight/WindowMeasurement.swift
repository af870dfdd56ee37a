internal import ReportModel
internal import Schemes
internal import Transport

/// The edges of freshness as they really are, found with correctly signed requests.
struct WindowMeasurement {
    let exchanger: Exchanger
    let deliveries: DeliveryMaker

    /// Distances that tell the usual settings apart; the last one means no limit at all.
    private static let ladder: [Int64] = [
        0, 60, 180, 300, 301, 600, 900, 3600, 86_400, 604_800, 31_536_000, 315_360_000,
    ]

    /// Returns the edges; `nil` when a request of this very moment is not accepted.
    func measure() -> Measurements.Window? {
        guard isAccepted(0) else { return nil }
        return Measurements.Window(past: edge { -$0 }, future: edge { $0 })
    }

    /// The greatest distance that is accepted, to the second; `nil` when even ten years are.
    private func edge(_ signed: (Int64) -> Int64) -> Int64? {
        var accepted: Int64 = 0
        var refused: Int64?
        // From the far end: most targets either have a limit in minutes or none.
        if isAccepted(signed(Self.ladder[Self.ladder.count - 1])) { return nil }
        for distance in Self.ladder.dropFirst().dropLast() {
            if isAccepted(signed(distance)) {
                accepted = distance
            } else {
                refused = distance
                break
            }
        }
        var limit = refused ?? Self.ladder[Self.ladder.count - 1]
        while limit - accepted > 1 {
            let middle = accepted + (limit - accepted) / 2
            if isAccepted(signed(middle)) { accepted = middle } else { limit = middle }
        }
        return accepted
    }

    private func isAccepted(_ distance: Int64) -> Bool {
        var draft = Draft(deliveries.next())
        draft.timestamp = draft.stamp(after: distance)
        return exchanger.send(draft.signedRequest()).isAccepted
    }
}

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

    /// One that is neither an acceptance nor a refusal tells no edge.
    private struct Untold: Error {}

    private struct Edge {
        /// `nil` for none.
        let limit: Int64?
    }

    /// Returns the edges; `nil` when a request of this very moment is not accepted, or any is not judged.
    func measure() -> Measurements.Window? {
        guard (try? isAccepted(0)) == true, let past = try? edge({ -$0 }), let future = try? edge({ $0 }) else {
            return nil
        }
        return Measurements.Window(past: past.limit, future: future.limit)
    }

    /// The greatest distance that is accepted, to the second; without a limit when even ten years are.
    private func edge(_ signed: (Int64) -> Int64) throws(Untold) -> Edge {
        var accepted: Int64 = 0
        var refused: Int64?
        // From the far end: most targets either have a limit in minutes or none.
        if try isAccepted(signed(Self.ladder[Self.ladder.count - 1])) { return Edge(limit: nil) }
        for distance in Self.ladder.dropFirst().dropLast() {
            if try isAccepted(signed(distance)) {
                accepted = distance
            } else {
                refused = distance
                break
            }
        }
        var limit = refused ?? Self.ladder[Self.ladder.count - 1]
        while limit - accepted > 1 {
            let middle = accepted + (limit - accepted) / 2
            if try isAccepted(signed(middle)) { accepted = middle } else { limit = middle }
        }
        return Edge(limit: accepted)
    }

    private func isAccepted(_ distance: Int64) throws(Untold) -> Bool {
        var draft = Draft(deliveries.next())
        draft.timestamp = draft.stamp(after: distance)
        switch exchanger.send(draft.signedRequest(), mayBeRefused: distance != 0).observation {
        case .accepted: return true
        // A target that refuses by silence or by failing refuses all the same, as long as the run goes on.
        case .rejected, .silent, .crashed: return false
        case .odd, nil: throw Untold()
        }
    }
}

internal import ReportModel
internal import Schemes

// Several events at a time. Documents leave it open, and receivers want to know it.
extension SenderFamily {
    /// Whether deliveries wait for each other, and in which order they come.
    static let concurrency: [Case] = [
        .sender(
            "sender/overlapping", .may, .delivery, .low, covers: ["S16"], cwe: [833],
            "A delivery does not wait until another has its answer.",
            why: "One receiver that is slow holds up the events of all others.",
            fix: "Send deliveries from several workers, or keep a queue for each receiver.",
            deliveries: 2, setting: .overlapping
        ) { seen in
            let first = seen.first
            guard let second = seen.deliveries[1].first else {
                throw Finding(.contract, "no second delivery came while the first one waited for its answer")
            }
            guard let held = first.held, second.time >= first.time + held else { return }
            throw Finding(
                .contract,
                "the second delivery came when the sender had given up the first one, after "
                    + SenderObservation.time(held * seen.pace.schedule))
        },
        .sender(
            "sender/in-turn", .may, .delivery, .info, covers: ["S16"], cwe: [362],
            "Events arrive in the order in which they happened.",
            why: "A receiver that takes the last event for the newest state ends with an old one.",
            fix:
                "Send the events of one object one after the other, or put a number or a time in them and say so in the "
                + "document.",
            deliveries: 4, setting: .inTurn
        ) { seen in
            let order = seen.deliveries.enumerated().sorted { $0.element[0].time < $1.element[0].time }.map(\.offset)
            guard order != Array(seen.deliveries.indices) else { return }
            let words = order.map { "\($0 + 1)" }.joined(separator: ", ")
            throw Finding(.contract, "\(order.count) events arrived in the order \(words)")
        },
    ]
}

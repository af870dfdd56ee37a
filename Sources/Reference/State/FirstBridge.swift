internal import Bytes
internal import ReportModel
internal import Schemes

/// A bridge that each scheme has from the start.
enum FirstBridge: String {
    /// The one at the paths of the scheme's payloads.
    case main = "countersign"
    /// The one beside it.
    case second

    /// Its id, which stands in the paths of documents that put it there.
    var id: String { "br_\(rawValue)" }

    /// What it would have been made with, under the names of the scheme's document.
    func details(of scheme: Scheme) -> [JSON.Member] {
        switch scheme.id {
        case "scaiwave":
            [
                JSON.Member("transport", "custom"), JSON.Member("room_id", .string("room_\(rawValue)")),
                JSON.Member("name", .string("The \(rawValue) bridge")),
            ]
        case "vaultysclaw":
            [
                JSON.Member("channelId", .string("ch_\(rawValue)")), JSON.Member("externalService", "webhook"),
                JSON.Member("externalChannelId", .string(rawValue)),
                JSON.Member("externalChannelName", .string("The \(rawValue) bridge")),
                JSON.Member("externalWorkspaceId", "countersign"),
                JSON.Member("createdAt", "2026-05-26T09:00:00Z"),
            ]
        default: []
        }
    }
}

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

    /// What it has at each place in the path of an administrative interface.
    var place: String { "ch_\(rawValue)" }

    /// What it would have been created with.
    func details(of scheme: Scheme) -> [JSON.Member] {
        guard let administration = scheme.administration else { return [] }
        return administration.details(
            of: administration.creation.body(name: rawValue, secret: ""),
            places: administration.places.map { _ in Array(place.utf8) })
    }
}

internal import Bytes
internal import ReportModel
internal import Schemes

/// An initial bridge of each scheme.
enum FirstBridge: String {
    /// The one at the paths of the scheme's payloads.
    case main = "countersign"
    /// The second one.
    case second

    /// Its id, which is part of the path in some documents.
    var id: String { "br_\(rawValue)" }

    /// Its value for each placeholder in the path of an administrative interface.
    var place: String { "ch_\(rawValue)" }

    /// The values that it would have been created with.
    func details(of scheme: Scheme) -> [JSON.Member] {
        guard let administration = scheme.administration else { return [] }
        return administration.details(
            of: administration.creation.body(name: rawValue, secret: ""),
            places: administration.places.map { _ in Array(place.utf8) })
    }
}

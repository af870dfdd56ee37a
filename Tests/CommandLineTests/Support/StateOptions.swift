import Foundation
import ReportModel

/// The options that give a run everything that `serve` has for the cases of several requests.
enum StateOptions {
    /// Gives them for one path of a served scheme.
    ///
    /// - Parameter url: what `serve` printed for that path.
    static func all(of scheme: String, at url: String) throws -> [String] {
        guard let parts = URLComponents(string: url), let host = parts.host, let port = parts.port else {
            throw CommandFailure(description: "not a URL: \(url)")
        }
        let origin = "\(parts.scheme ?? "")://\(host):\(port)"
        let second = path(ofSecond: parts.path)
        let effects = { (path: String) in "\(origin)/countersign/effects?path=\(path)#/events" }
        let admin = ["scaiwave": "/v1/admin/bridges", "vaultysclaw": "/api/channels/ch_countersign/bridges"]
        return [
            "--observe", effects(parts.path),
            "--second", origin + second, "--second-secret", "published", "--second-observe", effects(second),
            "--rotate", "\(origin)/countersign/rotate-secret?path=\(parts.path)#/secret", "--admin-token", "published",
        ] + (admin[scheme].map { ["--admin", origin + $0] } ?? [])
    }

    /// The other bridge of a scheme: `br_second` beside `br_countersign`, and a longer path elsewhere.
    private static func path(ofSecond path: String) -> String {
        path.contains("br_countersign")
            ? path.replacingOccurrences(of: "br_countersign", with: "br_second") : path + "/second"
    }
}

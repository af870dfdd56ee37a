internal import Catalogue
internal import ReportModel
internal import Synchronization

/// What scenarios created and must be removed when the run ends, however it ends.
final class Cleanup: Sendable {
    private let steps = Mutex<[(what: String, call: AdminCall)]>([])

    func add(_ what: String, _ call: AdminCall) { steps.withLock { $0.append((what, call)) } }

    /// Undoes everything, newest first.
    ///
    /// - Returns: what could not be undone, in words.
    func run(_ administer: (AdminCall) throws -> AdminAnswer) -> [String] {
        let all = steps.withLock { steps in
            defer { steps = [] }
            return steps
        }
        return all.reversed().compactMap { what, call in
            // Already gone is fine.
            if let status = try? administer(call).status, (200...299).contains(status) || status == 404 { return nil }
            return what
        }
    }
}

internal import ReportModel

/// Bridges that are made, paused, disabled and deleted, by the admin interfaces of the documents.
///
/// Each scenario makes a bridge of its own, so that the target stays as it was.
enum LifecycleFamily {
    static let cases = scaiWave + vaultysClaw
}

internal import ReportModel

/// Bridges that are created, paused, disabled and deleted through the admin interfaces of the documents.
///
/// Each scenario creates its own bridge, so the target stays as it was.
enum LifecycleFamily {
    static let scenarios = scaiWave + vaultysClaw
}

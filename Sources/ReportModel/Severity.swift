/// How bad a failure is.
package enum Severity: String, Sendable, Hashable, CaseIterable {
    /// Anyone can forge.
    case critical
    /// A forgery under conditions that an attacker meets.
    case high
    /// A weakened defence.
    case medium
    /// A small weakness, or one that needs another.
    case low
    /// Nothing is broken.
    case info
}

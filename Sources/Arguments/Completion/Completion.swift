/// What a shell offers for a value.
package enum Completion: Sendable, Hashable {
    /// Nothing.
    case none
    /// Paths of files.
    case file
    /// Paths of directories.
    case directory
    /// These words, and files when none of the words fits.
    case values([String])
}

internal import ReportModel

/// Something wrong with a vector file.
package struct VectorProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file, and the place in it as a JSON pointer after `#`.
    package let path: String
    /// What is wrong, or what was expected.
    package let message: String

    /// The path and message in one line.
    package var description: String { "\(path): \(message)" }
}

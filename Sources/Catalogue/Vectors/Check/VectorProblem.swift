/// Something wrong with a vector file.
public struct VectorProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file, and the place in it as a JSON pointer behind `#`.
    public let path: String
    /// What is wrong, or what was expected.
    public let message: String

    /// Path and message in one line.
    public var description: String { "\(path): \(message)" }
}

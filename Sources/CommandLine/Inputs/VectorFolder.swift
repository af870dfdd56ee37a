internal import Arguments

/// The folder of the vector files.
enum VectorFolder {
    static let argument = Argument(
        "folder", .text, default: "vectors", help: "The folder of the vector files.", completion: .directory)

    /// Returns the path of a scheme's file.
    static func file(of scheme: String, in folder: String) -> String { "\(folder)/\(scheme).json" }

    /// Returns the path of the set of requirements.
    static func requirements(in folder: String) -> String { "\(folder)/requirements.json" }
}

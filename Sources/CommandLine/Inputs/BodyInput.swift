internal import Arguments

/// The body that a user gives.
enum BodyInput {
    private static let mostBytes = 16 << 20

    /// Reads a body file; `nil` when none was given.
    static func body(_ parsed: ParsedCommand, _ option: Option<String?>) throws -> [UInt8]? {
        guard let path = try parsed[option] else { return nil }
        let bytes = try Files.read(path, as: "body file")
        guard bytes.count <= mostBytes else {
            throw CommandError.input("the body file of --\(option.spec.name) has more than 16 MiB")
        }
        return bytes
    }
}

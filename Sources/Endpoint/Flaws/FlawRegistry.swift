/// Every flaw there is.
public enum FlawRegistry {
    /// The flaws, family by family.
    public static let all: [Flaw] = []

    /// Gives the flaw with this id, or `nil`.
    public static func named(_ id: String) -> Flaw? { all.first { $0.id == id } }
}

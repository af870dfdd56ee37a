internal import Bytes
internal import Schemes

/// Decides which signed bodies are valid.
enum RequiredMembers {
    /// Whether a body is an object with every member that the payload requires, each of the type in its template; a
    /// text must not be empty.
    static let areThere: @Sendable (JSON?, Payload) -> Bool = { body, payload in
        guard let body, body.members != nil else { return false }
        return payload.required.allSatisfy { pointer in
            guard let value = body[pointer: pointer] else { return false }
            switch payload.template[pointer: pointer] {
            case .string: return value.string?.isEmpty == false
            case .object: return value.members != nil
            default: return value != .null
            }
        }
    }
}

internal import Bytes
internal import Schemes

/// Which signed bodies can be used.
enum RequiredMembers {
    /// Tells whether a body is an object with every member that the payload requires, each of the kind that its
    /// template shows; a text must say something.
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

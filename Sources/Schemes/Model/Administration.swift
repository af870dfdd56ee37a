package import Bytes

/// The interface by which bridges are created, changed and deleted.
package struct Administration: Sendable, Hashable {
    /// The path of the bridges. A segment such as `{channelId}` may be any value.
    package let path: String
    /// How a bridge is created.
    package let creation: Creation
    /// What can be done with existing bridges.
    package let calls: [Operation: Call]
    /// The documented status for a bridge that does not exist.
    package let unknownStatus: Int?
    /// The names of members that only the answer to creation contains.
    package let hidden: [String]

    /// An operation on bridges.
    package enum Operation: String, Sendable, Hashable, CaseIterable {
        /// Shows one bridge.
        case show
        /// Lists the bridges.
        case list
        /// Pauses a bridge.
        case pause
        /// Resumes a paused bridge.
        case resume
        /// Lets a bridge send but accept nothing.
        case sendOnly
        /// Replaces the secret.
        case rotate
        /// Deletes a bridge.
        case delete
    }

    /// One request of the interface.
    package struct Call: Sendable, Hashable {
        /// The method.
        package let method: String
        /// The path below that of the bridges, with the placeholder `{id}`.
        package let path: String
        /// The body, when there is one.
        package let body: JSON?
        /// The documented status; `nil` for any 2xx.
        package let status: Int?
        /// What the answer shows of the change: values by JSON pointer.
        package let shows: [JSON.Member]
        /// JSON pointer to a new secret in the answer.
        package let secret: String?
        /// JSON pointer to the array of bridges in the answer.
        package let bridges: String?
        /// Whether the document has it. A call that it lacks is tried, and its absence is not a fault.
        package let isDocumented: Bool

        /// Returns the path for the bridge with this id.
        package func path(for id: String) -> String { path.replacing("{id}", with: id) }
    }

    /// How a bridge is created.
    package struct Creation: Sendable, Hashable {
        /// Where the secret of a new bridge comes from.
        package enum SecretSource: Sendable, Hashable {
            /// The endpoint creates it and shows it in the answer, at a JSON pointer.
            case issued(String)
            /// The caller provides it in the body, at a JSON pointer.
            case given(String)
        }

        /// The method.
        package let method: String
        /// The body, with the placeholders `{name}`, which is unique, and `{secret}`.
        package let body: JSON
        /// The documented status; `nil` for any 2xx.
        package let status: Int?
        /// JSON pointer to the id in the answer.
        package let id: String
        /// Where the secret comes from.
        package let secret: SecretSource
        /// JSON pointers to the members of the body that are required and must not be empty.
        package let required: [String]
        /// The allowed texts of members of the body, by JSON pointer.
        package let choices: [String: [String]]
        /// The documented status for an invalid body.
        package let invalidStatus: Int?
        /// JSON pointer to the kind of bridge.
        package let kind: String?
        /// Values, by JSON pointer, that make it a bridge of another kind, which accepts nothing at the address.
        package let otherKind: [JSON.Member]
        /// JSON pointers to the members that must be unique.
        package let unique: [String]
        /// The documented status for a duplicate of these.
        package let conflictStatus: Int?

        /// Returns the body for a new bridge.
        package func body(name: String, secret: String) -> JSON { Self.filled(body, name, secret) }

        /// Returns a body changed to that of another kind of bridge.
        package func ofOtherKind(_ body: JSON) -> JSON {
            otherKind.reduce(body) { $0.replacing(pointer: $1.key, with: $1.value) }
        }

        private static func filled(_ value: JSON, _ name: String, _ secret: String) -> JSON {
            switch value {
            case .string(let text):
                .string(text.replacing("{name}", with: name).replacing("{secret}", with: secret))
            case .array(let elements): .array(elements.map { filled($0, name, secret) })
            case .object(let members): .object(members.map { JSON.Member($0.key, filled($0.value, name, secret)) })
            default: value
            }
        }
    }

    /// A feature of an interface that a case may need.
    package enum Feature: Sendable, Hashable {
        /// The interface itself.
        case creation
        /// A documented call.
        case call(Operation)
        /// Secrets that the endpoint creates.
        case issuedSecret
        /// Secrets that the caller provides.
        case givenSecret
        /// A documented status for invalid bodies.
        case invalidStatus
        /// Bridges of several kinds.
        case kinds
        /// A documented status for a second bridge at the same place.
        case conflictStatus
        /// A documented status for bridges that do not exist.
        case unknownStatus
        /// Answers that show what was changed.
        case shownChanges
    }

    /// Whether the interface has a feature.
    package func has(_ feature: Feature) -> Bool {
        switch feature {
        case .creation: true
        case .call(let operation): calls[operation]?.isDocumented == true
        case .issuedSecret: if case .issued = creation.secret { true } else { false }
        case .givenSecret: if case .given = creation.secret { true } else { false }
        case .invalidStatus: creation.invalidStatus != nil
        case .kinds: creation.kind != nil && !creation.otherKind.isEmpty
        case .conflictStatus: creation.conflictStatus != nil
        case .unknownStatus: unknownStatus != nil
        case .shownChanges: calls.values.contains { !$0.shows.isEmpty }
        }
    }
}

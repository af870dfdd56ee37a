internal import Bytes
internal import ReportModel
internal import Schemes

// Which bridges can be created.
extension LifecycleFamily {
    static let creation: [Case] = [
        invalid(
            "lifecycle/create-invalid", covers: ["A06"], needs: [.invalidStatus],
            "Creating a bridge without a required field is rejected with the documented status.",
            why: "A bridge with missing fields behaves in ways nobody chose."
        ) { body, creation in creation.required.map { body.replacing(pointer: $0, with: nil) } },
        invalid(
            "lifecycle/create-unknown-service", covers: ["A06"], needs: [.invalidStatus, .kinds],
            "Creating a bridge of an unknown kind is rejected with the documented status.",
            why: "No check exists for an unknown kind, so nothing verifies its requests."
        ) { body, creation in
            [creation.kind].compactMap { $0.map { body.replacing(pointer: $0, with: "carrier-pigeon") } }
        },
        invalid(
            "lifecycle/no-secret", covers: ["A06"], needs: [.invalidStatus, .givenSecret],
            "Creating a bridge without a secret is rejected with the documented status.",
            why: "A bridge without a secret verifies nothing, or verifies with an empty key."
        ) { body, creation in [creation.secretPointer].compactMap { $0.map { body.replacing(pointer: $0, with: nil) } }
        },
        invalid(
            "lifecycle/empty-secret", covers: ["A04"], needs: [.invalidStatus, .givenSecret],
            "Creating a bridge with an empty secret is rejected with the documented status.",
            why: "HMAC accepts an empty key, so anyone can sign with it."
        ) { body, creation in [creation.secretPointer].compactMap { $0.map { body.replacing(pointer: $0, with: "") } }
        },
        scenario(
            "lifecycle/create-twice", .low, covers: ["H06"], cwe: [694], needs: [.conflictStatus], expects: .rejected,
            "Creating the same bridge twice is rejected with the documented status.",
            why: "Two bridges of the same name have two secrets, and which one is valid is a matter of luck.",
            fix: "Put one unique constraint on all the fields that name the bridge."
        ) { session in
            let creation = try session.administration().creation
            let call = AdminCall(creation.method, "", body: try session.creationBody().body)
            let first = try session.administer(call)
            try session.deleteAtEnd(first)
            guard first.isExpected(creation.status) else {
                throw Obstacle("creating a bridge was answered with status \(first.status)")
            }
            let again = try session.administer(call)
            if again.status == creation.conflictStatus { return }
            try session.deleteAtEnd(again)
            throw Finding(.contract, "creating the same bridge again was answered with status \(again.status)")
        },
    ]

    private static func invalid(
        _ id: String, covers: [String], needs features: [Administration.Feature], _ title: String, why: String,
        bodies: @escaping @Sendable (JSON, Administration.Creation) -> [JSON]
    ) -> Case {
        scenario(
            id, .high, covers: covers, cwe: [636, 1188], needs: features, expects: .rejected, title, why: why,
            fix: "Validate the fields before you store the bridge, and answer with the documented status."
        ) { session in
            let creation = try session.administration().creation
            for body in bodies(try session.creationBody().body, creation) {
                let answer = try session.administer(AdminCall(creation.method, "", body: body))
                try session.deleteAtEnd(answer)
                guard answer.status == creation.invalidStatus else {
                    throw Finding(.contract, "the call was answered with status \(answer.status)")
                }
            }
        }
    }
}

extension Administration.Creation {
    /// JSON pointer to the secret in the body, when the caller gives it.
    fileprivate var secretPointer: String? { if case .given(let pointer) = secret { pointer } else { nil } }
}

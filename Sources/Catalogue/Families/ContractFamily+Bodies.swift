internal import Bytes
internal import ReportModel
internal import Schemes

/// Unusable bodies: without a valid signature they are rejected for the signature, with one for the body.
extension ContractFamily {
    private struct BadBody {
        let name: String
        let title: String
        let needs: [Requirement]
        let edit: @Sendable (inout Draft) -> Void

        init(
            _ name: String, _ title: String, needs: [Requirement] = [], edit: @escaping @Sendable (inout Draft) -> Void
        ) {
            self.name = name
            self.title = title
            self.needs = needs
            self.edit = edit
        }
    }

    private static let badBodies: [BadBody] =
        [
            ("bad-json", "a body that is not JSON", "countersign"),
            ("cut-json", "a body that ends in the middle", #"{"a": [1, "#),
            ("xml", "XML as its body", "<event/>"), ("two-documents", "two JSON documents as its body", "{}\n{}"),
            ("array", "a JSON array as its body", "[]"), ("string", "a JSON string as its body", #""countersign""#),
            ("number", "a JSON number as its body", "1"), ("null", "null as its body", "null"),
            ("empty-body", "an empty body", ""), ("space-body", "a space as its body", " "),
        ].map { name, title, text in BadBody(name, title) { $0.body = Array(text.utf8) } }
        + [
            BadBody("empty-object", "the body {}", needs: [.requiredMembers(1)]) { $0.body = Array("{}".utf8) }
        ]
        + ["first", "second", "third", "fourth", "fifth", "sixth"].enumerated().map { place, ordinal in
            BadBody(
                "missing-\(ordinal)-member", "a body without its \(ordinal) required member",
                needs: [.requiredMembers(place + 1)]
            ) { draft in
                draft.payload = draft.payload.replacing(pointer: draft.context.payload.required[place], with: nil)
            }
        }

    /// A caller without the secret must not learn how the endpoint handles the body (J06).
    static let checksInOrder: [Case] = (badBodies + [deep]).flatMap { bad in
        [
            Case(
                "contract/bad-signature-before-\(bad.name)", .should, .disclosure, .low, covers: ["J06"], cwe: [696],
                needs: [.json, .rejectedStatus] + bad.needs, changes: .signedBody,
                "A request with a wrong signature and \(bad.title) is answered like any other wrong signature.",
                why:
                    "An endpoint that parses first works for anyone: its parser, with its limits and bugs, is "
                    + "exposed without a signature.",
                fix: "Verify the raw bytes first, then parse them.", expect: .rejectedAsDocumented
            ) { draft in
                bad.edit(&draft)
                draft.spoilSignature()
            },
            Case(
                "contract/bad-signature-with-\(bad.name)", .must, .signature, .medium, covers: ["J06", "J09"],
                cwe: [696, 755], needs: [.json, .not(.rejectedStatus)] + bad.needs, changes: .signedBody,
                "A request with a wrong signature and \(bad.title) is rejected.",
                why:
                    "An endpoint that parses first works for anyone, and if the parser throws, the sender "
                    + "retries for hours.",
                fix: "Verify the raw bytes first, then parse them.", expect: .rejected
            ) { draft in
                bad.edit(&draft)
                draft.spoilSignature()
            },
        ]
    }

    /// What the document requires for signed but unusable bodies; where it requires nothing, no crash.
    static let unusableBodies: [Case] = badBodies.flatMap { bad in
        [
            Case(
                "contract/signed-\(bad.name)-status", .must, .payload, .medium, covers: ["D18", "J09"],
                cwe: [393, 755],
                needs: [.json, .invalidBodyStatus] + bad.needs, changes: .signedBody,
                "A correctly signed request with \(bad.title) is answered with the documented status.",
                why:
                    "The status tells a sender about its mistake. A 2xx loses its event, and a 5xx makes it "
                    + "retry for hours.",
                fix: "Check the body after the signature, and answer with the documented status.",
                expect: .refusedAsInvalidBody, probe: bad.edit),
            Case(
                "contract/signed-\(bad.name)-decided", .should, .payload, .low, covers: ["D18", "J09"], cwe: [755],
                needs: [.json, .not(.invalidBodyStatus)] + bad.needs, changes: .signedBody,
                "A correctly signed request with \(bad.title) is accepted or rejected without an error.",
                why: "An unhandled error is a 5xx, and a 5xx makes the sender retry for hours.",
                fix: "Check the body after the signature, and answer an unusable one with a 4xx status.",
                expect: .either, probe: bad.edit),
        ]
    }

    private static let deep = BadBody("deep-json", "arrays nested 100 deep") { draft in
        draft.addMember("countersign_deep", nested(100))
    }

    private static func nested(_ depth: Int) -> JSON {
        (1..<depth).reduce(JSON.array([])) { inner, _ in .array([inner]) }
    }

    /// Members of the right name and the wrong type.
    static let oddMembers: [Case] = [
        oddMember("text-number", "a number as its text") { $0.replaceText(1) },
        oddMember("text-null", "null as its text") { $0.replaceText(.null) },
        oddMember("text-object", "an object as its text") { $0.replaceText(["a": 1]) },
        oddMember("text-array", "an array as its text") { $0.replaceText(["a"]) },
        oddMember("deep-json", "arrays nested 100 deep") { deep.edit(&$0) },
        oddMember("very-deep-json", "arrays nested 20000 deep", profile: .audit) { draft in
            // By hand, because the JSON writer recurses once per level.
            let levels = 20_000
            draft.addMember("countersign_deep", .null)
            let text = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
            draft.body = Rewriting.replacing(
                #""countersign_deep":null"#, with: #""countersign_deep":"# + text, in: draft.body)
        },
        oddMember("empty-key", "a member with an empty name") { $0.addMember("", 1) },
        oddMember("prototype-key", "a member called __proto__") { $0.addMember("__proto__", ["admin": true]) },
        Case(
            "contract/empty-message-status", .must, .payload, .medium, covers: ["J08"], cwe: [393],
            needs: [.refusedEmptyText, .invalidBodyStatus], changes: .signedBody,
            "A correctly signed request whose message is empty is answered with the documented status.",
            why: "The document requires 400; a 200 tells the sender that an empty message was posted.",
            fix: "Answer a missing or empty message with 400.", expect: .refusedAsInvalidBody
        ) { $0.replaceText("") },
    ]

    private static func oddMember(
        _ name: String, _ what: String, needs: [Requirement] = [], profile: Profile = .standard,
        edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "contract/signed-\(name)-decided", .should, .payload, .low, covers: ["D18", "J09"], cwe: [755, 843],
            needs: [.json] + needs, changes: .signedBody,
            "A correctly signed request with \(what) is accepted or rejected without an error.",
            why: "Code that expects another type throws, and a 5xx makes the sender retry for hours.",
            fix: "Check the types of the members after the signature, and answer a wrong one with a 4xx status.",
            expect: .either, profile: profile, probe: edit)
    }
}

extension Draft {
    fileprivate mutating func replaceText(_ value: JSON) {
        payload = payload.replacing(pointer: context.payload.textPointer, with: value)
    }
}

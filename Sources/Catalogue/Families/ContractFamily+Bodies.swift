internal import Bytes
internal import ReportModel
internal import Schemes

/// Bodies that can't be used: unsigned, they are refused for their signature; signed, for what they are.
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
            ("cut-json", "a body that stops within", #"{"a": [1, "#),
            ("xml", "XML for its body", "<event/>"), ("two-documents", "two JSON documents for its body", "{}\n{}"),
            ("array", "a JSON array for its body", "[]"), ("string", "a JSON string for its body", #""countersign""#),
            ("number", "a JSON number for its body", "1"), ("null", "null for its body", "null"),
            ("empty-body", "an empty body", ""), ("blank-body", "a blank for its body", " "),
        ].map { name, title, text in BadBody(name, title) { $0.body = Array(text.utf8) } }
        + [
            BadBody("empty-object", "the body {}", needs: [.requiredMembers(1)]) { $0.body = Array("{}".utf8) }
        ]
        + ["first", "second", "third", "fourth", "fifth", "sixth"].enumerated().map { place, ordinal in
            BadBody(
                "missing-\(ordinal)-member", "a body without the \(ordinal) member that it must have",
                needs: [.requiredMembers(place + 1)]
            ) { draft in
                draft.payload = draft.payload.replacing(pointer: draft.context.payload.required[place], with: nil)
            }
        }

    /// Who may not speak must not learn what the endpoint makes of his words (J06).
    static let checksInOrder: [Case] = (badBodies + [deep]).flatMap { bad in
        [
            Case(
                "contract/bad-signature-before-\(bad.name)", .should, .disclosure, .low, covers: ["J06"], cwe: [696],
                needs: [.json, .rejectedStatus] + bad.needs, changes: .signedBody,
                "A request with a wrong signature and \(bad.title) is answered as one with a wrong signature.",
                why:
                    "An endpoint that parses first works for strangers: its parser, with its limits and its bugs, stands in "
                    + "front of the lock.",
                fix: "Verify the raw bytes first, and parse them afterwards.", expect: .rejectedAsDocumented
            ) { draft in
                bad.edit(&draft)
                draft.spoilSignature()
            },
            Case(
                "contract/bad-signature-with-\(bad.name)", .must, .signature, .medium, covers: ["J06", "J09"],
                cwe: [696, 755], needs: [.json, .not(.rejectedStatus)] + bad.needs, changes: .signedBody,
                "A request with a wrong signature and \(bad.title) is refused.",
                why:
                    "An endpoint that parses first works for strangers, and a parser that throws makes the sender try again "
                    + "for hours.",
                fix: "Verify the raw bytes first, and parse them afterwards.", expect: .rejected
            ) { draft in
                bad.edit(&draft)
                draft.spoilSignature()
            },
        ]
    }

    /// What the document asks of signed bodies that can't be used, or no crash where it asks nothing.
    static let unusableBodies: [Case] = badBodies.flatMap { bad in
        [
            Case(
                "contract/signed-\(bad.name)-status", .must, .payload, .medium, covers: ["D18", "J09"],
                cwe: [393, 755],
                needs: [.json, .invalidBodyStatus] + bad.needs, changes: .signedBody,
                "A correctly signed request with \(bad.title) is answered with the documented status.",
                why:
                    "A sender that made a mistake learns of it by the status; a 2xx loses its event, and a 5xx makes it "
                    + "try again for hours.",
                fix: "Check the body after the signature, and answer with the documented status.",
                expect: .refusedAsInvalidBody, probe: bad.edit),
            Case(
                "contract/signed-\(bad.name)-decided", .should, .payload, .low, covers: ["D18", "J09"], cwe: [755],
                needs: [.json, .not(.invalidBodyStatus)] + bad.needs, changes: .signedBody,
                "A correctly signed request with \(bad.title) is decided.",
                why: "An error that nobody catches is a 5xx, and a 5xx makes the sender try again for hours.",
                fix: "Check the body after the signature, and answer one that you can't use with a 4xx status.",
                expect: .either, probe: bad.edit),
        ]
    }

    private static let deep = BadBody("deep-json", "arrays nested 100 deep") { draft in
        draft.addMember("countersign_deep", nested(100))
    }

    private static func nested(_ depth: Int) -> JSON {
        (1..<depth).reduce(JSON.array([])) { inner, _ in .array([inner]) }
    }

    /// Members of the right name and the wrong kind.
    static let oddMembers: [Case] = [
        oddMember("text-number", "a number for its text") { $0.replaceText(1) },
        oddMember("text-null", "null for its text") { $0.replaceText(.null) },
        oddMember("text-object", "an object for its text") { $0.replaceText(["a": 1]) },
        oddMember("text-array", "an array for its text") { $0.replaceText(["a"]) },
        oddMember("deep-json", "arrays nested 100 deep") { deep.edit(&$0) },
        oddMember("very-deep-json", "arrays nested 20000 deep", profile: .audit) { draft in
            // By hand: what writes JSON calls itself for each level.
            let levels = 20_000
            draft.addMember("countersign_deep", .null)
            let text = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
            draft.body = Rewriting.replacing(
                #""countersign_deep":null"#, with: #""countersign_deep":"# + text, in: draft.body)
        },
        oddMember("empty-key", "a member without a name") { $0.addMember("", 1) },
        oddMember("prototype-key", "a member called __proto__") { $0.addMember("__proto__", ["admin": true]) },
        Case(
            "contract/empty-message-status", .must, .payload, .medium, covers: ["J08"], cwe: [393],
            needs: [.refusedEmptyText, .invalidBodyStatus], changes: .signedBody,
            "A correctly signed request whose message is empty is answered with the documented status.",
            why: "The document asks for 400; a 200 tells the sender that an empty message was posted.",
            fix: "Answer a message that is missing or empty with 400.", expect: .refusedAsInvalidBody
        ) { $0.replaceText("") },
    ]

    private static func oddMember(
        _ name: String, _ what: String, needs: [Requirement] = [], profile: Profile = .standard,
        edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "contract/signed-\(name)-decided", .should, .payload, .low, covers: ["D18", "J09"], cwe: [755, 843],
            needs: [.json] + needs, changes: .signedBody, "A correctly signed request with \(what) is decided.",
            why: "Code that expects another kind throws, and a 5xx makes the sender try again for hours.",
            fix: "Check the kinds of the members after the signature, and answer a wrong one with a 4xx status.",
            expect: .either, profile: profile, probe: edit)
    }
}

extension Draft {
    fileprivate mutating func replaceText(_ value: JSON) {
        payload = payload.replacing(pointer: context.payload.textPointer, with: value)
    }
}

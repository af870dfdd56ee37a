internal import Bytes
internal import ReportModel
package import Schemes
internal import Transport

/// A case frozen to bytes with the clock, secret and id of `VectorContext`.
package struct Vector: Sendable {
    /// The case.
    package let testCase: Case
    private let recipe: Probe
    /// The valid request.
    package let control: SignedRequest
    /// The request with the one change.
    package let probe: SignedRequest

    /// Freezes a case for a scheme; `nil` for a case of several requests, which depend on what comes back.
    package init?(_ testCase: Case, scheme: Scheme) {
        self.init(testCase, context: VectorContext.context(of: scheme))
    }

    init?(_ testCase: Case, context: RequestContext) {
        guard let recipe = testCase.probe else { return nil }
        self.testCase = testCase
        self.recipe = recipe
        control = recipe.controlRequest(context)
        probe = recipe.probeRequest(context)
    }

    /// Returns the vector as JSON.
    ///
    /// - Parameters:
    ///   - scheme: the scheme it was frozen for.
    ///   - secret: the signing secret, so that the MAC beside each message is correct whatever the recipe signed with.
    ///   - plain: the plain valid request; a control that equals it is named, not repeated.
    func json(in scheme: Scheme, secret: Secret, plain: SignedRequest) -> JSON {
        let writer = VectorWriter(rule: scheme.signature, key: secret.key)
        let control: JSON = control == plain ? .string(Self.plainControl) : writer.signed(control)
        return .object(
            [
                .init("id", .string(testCase.id)),
                .init("title", .string(testCase.title)),
                .init("level", .string(testCase.level(in: scheme).rawValue)),
                .init("severity", .string(testCase.severity.rawValue)),
                .init("profile", .string(testCase.profile.rawValue)),
                .init("flags", JSON(testCase.covers)),
                .init("cwe", .array(testCase.cwe.map { JSON($0) })),
                .init("clauses", JSON(scheme.clauses(on: testCase.topic).map(\.id))),
                .init("control", control),
                .init("mutation", ["changes": JSON(differences(in: scheme).words)]),
            ] + (writer.signed(probe).members ?? []) + [
                .init(
                    "expect", recipe.expectation.json(in: scheme))
            ])
    }

    /// The id of the case whose probe is the plain valid request.
    static let plainControl = "control/plain"

    /// The aspects in which the probe differs from its control; a lint compares them with the recipe's.
    ///
    /// A timestamp in the signature header counts as both, so that a reader can tell an old request from one whose
    /// signature is wrong.
    private func differences(in scheme: Scheme) -> Change {
        var change = Change.between(control, probe, scheme: scheme)
        guard change.contains(.signature), case .field(let field) = scheme.timestamp,
            case .fields(let separator, _) = scheme.signature.grammar
        else { return change }
        let stamps = [control, probe].map { signed in
            signed.request.headers.values(named: scheme.signature.header).flatMap {
                SignatureFields.values(of: field, in: $0, separator: separator)
            }
        }
        if stamps[0] != stamps[1] { change.insert(.timestamp) }
        return change
    }
}

extension Expectation {
    /// The expectation as JSON. What the answer must contain or hide is included only if the case says so.
    fileprivate func json(in scheme: Scheme) -> JSON {
        var members: [JSON.Member] = [
            .init("observation", .string(decision.rawValue)),
            .init("answer", .string(status.word)),
            .init("statuses", .array(statuses(in: scheme).map { JSON($0) })),
        ]
        let answer = answer(in: scheme)
        if !answer.isEmpty { members.append(.init("holds", .object(answer))) }
        if let hides { members.append(.init("hides", .string(hides.rawValue))) }
        return .object(members)
    }
}

extension Expectation.Status {
    /// The name of the answer in vector files.
    fileprivate var word: String {
        switch self {
        case .any: "any"
        case .accepted: "accepted"
        case .rejected: "rejected"
        case .invalidBody: "invalid-body"
        }
    }
}

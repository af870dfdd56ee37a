internal import Bytes
internal import ReportModel
internal import Schemes

// What the admin interface tells, and to whom.
extension LifecycleFamily {
    static let answers: [Case] = [
        scenario(
            "lifecycle/secret-in-answer", .high, covers: ["S10"], cwe: [200, 522], needs: [.issuedSecret],
            expects: .rejected, "The secret is shown when it is created, and in no answer after that.",
            why: "Anyone who may view bridges can read the secret, and it ends up in logs.",
            fix: "Leave the secret out of every answer except those that show a new one."
        ) { session in
            let bridge = try session.createBridge()
            // Whether the document has these two or not, they are the first that come to mind.
            var calls = [AdminCall("GET", "/\(bridge.id)"), AdminCall("GET", "")]
            calls += try [.pause, .resume].compactMap { try session.administration().calls[$0] }.map {
                AdminCall($0, bridge.id)
            }
            for call in calls where try session.administer(call).holds(bridge.secret) {
                throw Finding(.leak, "the answer to \(call.method) contained the secret of a bridge")
            }
        },
        scenario(
            "lifecycle/secret-in-list", .high, covers: ["S10"], cwe: [200, 522], needs: [.call(.list)],
            expects: .rejected, "The list of bridges contains no secret and no configuration.",
            why: "Many may list bridges. With a secret, they can post as the other side.",
            fix: "Build answers from the fields that the document names, never from the stored record."
        ) { session in
            let bridge = try session.createBridge()
            try session.expectNoSecret(of: bridge, in: session.perform(.list, on: bridge), "the list of bridges")
        },
        scenario(
            "lifecycle/config-in-answer", .high, covers: ["S10"], cwe: [200, 522],
            needs: [.givenSecret, .call(.resume)], expects: .rejected,
            "The answers to creating and changing a bridge contain no secret and no configuration.",
            why: "Answers end up in logs and browsers. A write-only configuration must not come back.",
            fix: "Build answers from the fields that the document names, never from the stored record."
        ) { session in
            let bridge = try session.createBridge()
            try session.expectNoSecret(of: bridge, in: bridge.answer, "the answer to creating a bridge")
            try session.expectNoSecret(of: bridge, in: session.perform(.resume, on: bridge), "the answer to a change")
        },
        scenario(
            "lifecycle/patch-ignored", .medium, covers: ["H06"], cwe: [672], needs: [.shownChanges],
            expects: .accepted, "The answer to a change shows the bridge as it is now.",
            why: "Administrators trust what the answer says.",
            fix: "Store the change, then build the answer from what was stored."
        ) { session in
            let bridge = try session.createBridge()
            for operation: Administration.Operation in [.pause, .sendOnly] {
                guard let call = try session.administration().calls[operation], !call.shows.isEmpty else { continue }
                let answer = try session.administer(AdminCall(call, bridge.id))
                guard answer.isExpected(call.status) else {
                    throw Finding(
                        .contract, "the call to \(operation.words) was answered with status \(answer.status)")
                }
                let json = answer.json
                guard call.shows.allSatisfy({ json?[pointer: $0.key] == $0.value }) else {
                    throw Finding(.contract, "the answer to the call to \(operation.words) does not show the change")
                }
            }
        },
        scenario(
            "lifecycle/unknown-404", .low, covers: ["J04"], cwe: [204], needs: [.unknownStatus, .call(.resume)],
            expects: .rejected, "Changing a bridge that does not exist is rejected with the documented status.",
            why: "An administrator who mistypes an id must be told.",
            fix: "Answer with the documented status when nothing was changed."
        ) { session in
            let answer = try session.administer(AdminCall(session.call(.resume), "br_unknown_to_all"))
            guard answer.status == (try session.administration().unknownStatus) else {
                throw Finding(.contract, "changing an unknown bridge was answered with status \(answer.status)")
            }
        },
        scenario(
            "lifecycle/admin-needs-token", .critical, covers: ["A13"], cwe: [306, 862], needs: [.creation],
            expects: .rejected, "The admin interface rejects calls that carry no token or session.",
            why: "An attacker who can create bridges or rotate their secrets does not need to forge a signature.",
            fix: "Authenticate every route of the admin interface in one place."
        ) { session in
            let administration = try session.administration()
            let bridge = try session.createBridge()
            let body = try session.creationBody().body
            let operations: [Administration.Operation] = [.list, .rotate, .pause, .delete]
            let calls =
                [AdminCall(administration.creation.method, "", body: body, isAuthorized: false)]
                + operations.compactMap { administration.calls[$0] }.map {
                    AdminCall($0, bridge.id, isAuthorized: false)
                }
            for (index, call) in calls.enumerated() {
                let answer = try session.administer(call)
                guard answer.isExpected(nil) else { continue }
                if index == 0 { try session.deleteAtEnd(answer) }
                throw Finding(.forgery, "\(call.method) without a token was answered with status \(answer.status)")
            }
            try session.sendControl(session.validRequest(for: bridge.bridge), to: bridge.bridge)
        },
    ]
}

extension ScenarioSession {
    /// Throws a finding when an answer contains the secret of a bridge, or a member that no answer may hold.
    fileprivate func expectNoSecret(of bridge: CreatedBridge, in answer: AdminAnswer, _ what: String) throws {
        if answer.holds(bridge.secret) { throw Finding(.leak, "\(what) contained the secret of a bridge") }
        let hidden = try administration().hidden.map { Array("\"\($0)\"".utf8) }
        if hidden.contains(where: answer.holds) {
            throw Finding(.leak, "\(what) contained the configuration of a bridge")
        }
    }
}

internal import Bytes
internal import ReportModel
internal import Schemes

// A verdict belongs to one request: what a genuine request proved says nothing of the next.
extension ReplayFamily {
    static let verdicts: [Case] = [
        verdict(
            "other-body", "another body", covers: ["B19"], needs: [.signedBody],
            why: "An endpoint that remembers verdicts by signature lets anyone who saw one request send any body."
        ) { draft in
            draft.sendBody { other in
                other.eventID += Array("-other".utf8)
                other.say("another text")
            }
        },
        verdict(
            "other-timestamp", "another timestamp", covers: ["B19"], needs: [.timestamp],
            why: "An endpoint that remembers verdicts by signature accepts a captured request for as long as it "
                + "remembers, whatever its age."
        ) { draft in
            let later = draft.stamp(after: 1)
            draft.onceSigned { $0.timestamp = later }
        },
        verdict(
            "other-id", "another id", covers: ["B19"], needs: [.signedEventID],
            why: "An endpoint that remembers verdicts by signature takes one captured request for as many deliveries "
                + "as there are ids."
        ) { draft in
            let other = draft.eventID + Array("-other".utf8)
            draft.onceSigned { $0.idHeader = other }
        },
        .scenario(
            "replay/forgery-every-time", .must, .signature, .critical, covers: ["A18", "A19"], cwe: [693, 347],
            expects: .rejected, "The same forged request is rejected every time.",
            why:
                "If verification is skipped now and then, by a counter, a race or one server of several, an attacker "
                + "only has to try again.",
            fix: "Verify every request, in every process that serves the path."
        ) { session in
            try session.sendControl(session.validRequest(for: session.main), to: session.main)
            let forged = session.draft(for: session.main).signed { $0.spoilSignature() }
            for _ in 0..<24 {
                try session.expectRefusal(forged, on: session.main, of: "one of many copies of a forged request")
            }
            try session.sendControl(session.validRequest(for: session.main), to: session.main)
        },
    ]

    private static func verdict(
        _ name: String, _ what: String, covers: [String], needs: [Requirement], why: String,
        edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        .scenario(
            "replay/verdict-\(name)", .must, .signature, .high, covers: covers, cwe: [524, 345], needs: needs,
            expects: .rejected, "A genuine request's signature is rejected at once for \(what).", why: why,
            fix: "Verify each request. If you cache verdicts, key them by everything that the signature covers."
        ) { session in
            let draft = session.draft(for: session.main)
            let forged = draft.signed(edit)
            try session.sendControl(draft.signedRequest(), to: session.main)
            try session.expectRefusal(
                forged, on: session.main, of: "a request with the signature of the one before it and \(what)")
        }
    }
}

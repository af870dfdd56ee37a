package import ReportModel

/// One entry of the flaw catalogue: a way in which real verifiers and senders went wrong.
package struct Weakness: Sendable {
    /// The name that cases and flaws refer to, such as `E07`.
    package let id: String
    /// The name shown to people.
    package let title: String
    /// How bad it is.
    package let severity: Severity
    /// The kinds of weakness, as CWE numbers.
    package let cwe: [Int]
    /// What it takes to observe it.
    package let status: Status
    /// What the code does wrong, in one sentence.
    package let bug: String
    /// What an attacker gains, or which deliveries are lost, in one sentence.
    package let effect: String
    /// Where it was seen, in at most three places: CVE and GHSA ids, and GitHub threads as `owner/repository#number`.
    ///
    /// Ids are quoted as in those threads. Empty for an entry that was derived rather than found in public.
    package let evidence: [String]

    /// What it takes to observe a flaw.
    package enum Status: Sendable, Hashable {
        /// One request and its answer show it.
        case stateless
        /// It takes several requests, provisioning, or sight of what the endpoint did.
        case stateful
        /// It is a sender's flaw: the harness receives.
        case sender
        /// No request shows it, for the reason given in one sentence.
        case notTestable(String)
    }

    init(
        _ id: String, _ title: String, _ severity: Severity, cwe: [Int], _ status: Status, bug: String, effect: String,
        evidence: [String]
    ) {
        self.id = id
        self.title = title
        self.severity = severity
        self.cwe = cwe
        self.status = status
        self.bug = bug
        self.effect = effect
        self.evidence = evidence
    }

    /// Every entry, A01 to S17.
    package static let all: [Weakness] =
        familyA + familyB + familyC + familyD + familyE + familyF + familyG + familyH + familyI + familyJ + familyK
        + familyL + familyS

    private static let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }

    /// Returns the entry with this id, or `nil`.
    package static func named(_ id: String) -> Weakness? { byID[id] }

    /// The evidence with GitHub threads as links and other ids as they are.
    package var links: [String] {
        evidence.map { item in
            let parts = item.split(separator: "#")
            return parts.count == 2 ? "https://github.com/\(parts[0])/issues/\(parts[1])" : item
        }
    }
}

package import ReportModel

/// One entry of the flaw catalogue: a way in which real verifiers and senders went wrong.
package struct Weakness: Sendable {
    /// The name that cases and flaws refer to, such as `E07`.
    package let id: String
    /// The name for people.
    package let title: String
    /// How bad it is.
    package let severity: Severity
    /// The kinds of weakness (CWE numbers).
    package let cwe: [Int]
    /// What it takes to see it.
    package let status: Status
    /// What the code does wrong, in one sentence.
    package let bug: String
    /// What an attacker gains or which deliveries are lost, in one sentence.
    package let effect: String
    /// Where it was seen, at most three places: CVE and GHSA ids, and GitHub threads as `owner/repository#number`.
    ///
    /// The ids stand as the threads quote them. Empty for an entry that was derived and not found in public.
    package let evidence: [String]

    /// What it takes to see a flaw.
    package enum Status: Sendable, Hashable {
        /// One request and its answer show it.
        case stateless
        /// It needs several requests, provisioning, or sight of what the endpoint did.
        case stateful
        /// The sender has it: the harness receives.
        case sender
        /// No request shows it; the reason in one sentence.
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

    /// Every entry, A01 to S16.
    package static let all: [Weakness] =
        familyA + familyB + familyC + familyD + familyE + familyF + familyG + familyH + familyI + familyJ + familyK
        + familyL + familyS

    private static let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }

    /// Gives the entry with this id, or `nil`.
    package static func named(_ id: String) -> Weakness? { byID[id] }

    /// The evidence as addresses where it has one: GitHub threads as links, other ids as they are.
    package var links: [String] {
        evidence.map { item in
            let parts = item.split(separator: "#")
            return parts.count == 2 ? "https://github.com/\(parts[0])/issues/\(parts[1])" : item
        }
    }
}

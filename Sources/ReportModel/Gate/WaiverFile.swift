package import Bytes

/// The waivers of a file, in its order.
package struct WaiverFile: Sendable, Hashable {
    /// The version of the format.
    package static let format = 1

    /// The waivers; each is of another case.
    package var waivers: [Waiver]

    /// Creates a list of waivers.
    package init(_ waivers: [Waiver] = []) { self.waivers = waivers }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - bytes: JSON text.
    ///   - today: the day from which the longest time of a waiver counts.
    /// - Throws: `JSONProblem` with the place of the first mistake.
    package init(_ bytes: [UInt8], today: CalendarDay) throws(JSONProblem) {
        let root: JSONCursor
        do {
            root = JSONCursor(try JSON.parse(bytes))
        } catch {
            throw JSONProblem("", "this is not JSON: \(error)")
        }
        try root.object(["format", "waivers"], optional: ["$schema"])
        let written = try root["format"].integer() as Int
        guard written == Self.format else {
            throw try root["format"].problem("this is format \(written); this version reads format \(Self.format)")
        }
        waivers = []
        for node in try root["waivers"].elements {
            let waiver = try Waiver(node, today: today)
            guard !waivers.contains(where: { $0.caseID == waiver.caseID }) else {
                throw try node["case"].problem("there is a waiver for this case already")
            }
            waivers.append(waiver)
        }
    }

    /// The file as JSON text.
    package var bytes: [UInt8] {
        let file: JSON = ["format": JSON(Self.format), "waivers": .array(waivers.map(\.json))]
        return file.serialized(.pretty)
    }
}

extension Waiver {
    fileprivate init(_ node: JSONCursor, today: CalendarDay) throws(JSONProblem) {
        try node.object(["case", "outcome", "reason", "owner", "issue", "expires"])
        let written = try node["outcome"].string
        guard let outcome = PinnedOutcome(written) else {
            let impacts = Impact.allCases.map(\.rawValue).joined(separator: ", ")
            throw try node["outcome"].problem(
                "expected a harm (\(impacts)) and what the target did, such as \"contract: rejected 400\"")
        }
        self.init(
            caseID: try node["case"].string, outcome: outcome, reason: try Self.text(node["reason"]),
            owner: try Self.text(node["owner"]), issue: try Self.text(node["issue"]),
            expires: try Self.day(node["expires"], today: today))
    }

    private static func text(_ node: JSONCursor) throws(JSONProblem) -> String {
        let text = try node.string
        guard text.utf8.contains(where: { $0 > 0x20 }) else { throw node.problem("this may not be empty") }
        return text
    }

    private static func day(_ node: JSONCursor, today: CalendarDay) throws(JSONProblem) -> CalendarDay {
        guard let day = CalendarDay(try node.string) else {
            throw node.problem("expected a day such as \"2027-01-31\"")
        }
        guard day.days(after: today) <= longest else {
            throw node.problem(
                "a waiver lasts \(longest) days at most: until \(today.adding(days: longest).text), counted from today")
        }
        return day
    }

    fileprivate var json: JSON {
        [
            "case": .string(caseID), "outcome": .string(outcome.text), "reason": .string(reason),
            "owner": .string(owner), "issue": .string(issue), "expires": .string(expires.text),
        ]
    }
}

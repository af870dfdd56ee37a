internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let idsLowerCased = Flaw(
        "ids-lower-cased", covers: ["F17"], needs: [.eventIDInBody], caughtBy: ["replay/ids-case"],
        "It holds ids for equal that differ in case.",
        explanation:
            "Your endpoint stores ids where the case of letters is ignored, and drops the second of two events."
    ) { $0.recognises { id, _, _ in id.map(ASCII.lowercased) } }
}

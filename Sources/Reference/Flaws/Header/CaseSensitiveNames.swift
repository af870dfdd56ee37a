internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let caseSensitiveNames = Flaw(
        "case-sensitive-names", covers: ["G07"],
        caughtBy: ["control/header-names-lower-case", "control/header-names-upper-case"],
        "It finds headers only when their names are written as the document writes them.",
        explanation: "Your endpoint looks headers up by the exact case of their names, which gateways change."
    ) { behaviour in
        behaviour.steps.lines = { headers, name in
            headers.fields.filter { $0.name.elementsEqual(name.utf8) }.map(\.value)
        }
    }
}

internal import ReportModel
internal import Transport

extension Flaw {
    static let underscoreNames = Flaw(
        "underscore-names", covers: ["G08"], caughtBy: ["header/name-underscores", "header/wrong-beside-underscores"],
        "It takes an underscore in a header's name for a hyphen.",
        explanation:
            "Your endpoint's gateway interface turns hyphens into underscores, so that X_Signature passes for X-Signature."
    ) { behaviour in
        behaviour.sees { request in
            for field in request.headers.fields where field.name.contains(UInt8(ascii: "_")) {
                let name = field.name.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }
                request.headers.set(String(decoding: name, as: UTF8.self), field.value)
            }
        }
    }
}

internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let originalURLTrusted = Flaw(
        "original-url-trusted", covers: ["K08"], caughtBy: ["transport/unsigned-with-x-original-url"],
        "It looks for its guarded path in a header of a proxy.",
        explanation: "Your endpoint's guard believes X-Original-URL, and lets in what says it was sent to another path."
    ) { behaviour in
        behaviour.letsIn { _, received in
            received.header("X-Original-URL").map { !$0.elementsEqual(received.payload.path.utf8) } ?? false
        }
    }
}

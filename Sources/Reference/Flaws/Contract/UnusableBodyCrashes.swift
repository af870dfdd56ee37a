internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let unusableBodyCrashes = Flaw(
        "unusable-body-crashes", covers: ["J06", "J09"], needs: [.json], caughtBy: ["contract/*"],
        "It uses members of the body before it verifies, and fails where they are not there.",
        explanation:
            "Your endpoint reads members of the body before it has verified it, and throws when one is missing."
    ) { behaviour in
        behaviour.crashes(.traceback("KeyError: 'type'", line: 12)) { received in
            received.isPost && (received.json.map { !RequiredMembers.areThere($0, received.payload) } ?? false)
        }
    }
}

internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let edwardsShapeOnly = Flaw(
        "ed25519-shape-only", covers: ["A01"], needs: [.ed25519],
        caughtBy: ["edwards/halves-swapped", "edwards/other-key"],
        "It asks for 64 bytes in hexadecimal and verifies nothing.",
        explanation: "Your endpoint ignores what its library answers: any signature of the right length is good."
    ) { $0.steps.verifies = { text, _, _, _ in Hex.decode(text)?.count == 64 } }
}

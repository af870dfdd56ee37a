internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let firstBytesOnly = Flaw(
        "first-bytes-only", covers: ["D04"], needs: [.signedBody],
        caughtBy: ["body/with-byte-appended", "body/with-newline-appended", "body/with-nul-appended"],
        "It also verifies the body without its last byte.",
        explanation: "Your endpoint leaves the last byte of the body out of the hash, so that it can be anything."
    ) { behaviour in
        behaviour.alsoSigns { values in
            var others = values
            others.body = Array(values.body.dropLast())
            return others
        }
    }
}

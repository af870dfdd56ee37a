internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let firstDocumentOnly = Flaw(
        "first-document-only", covers: ["D04", "D15"], needs: [.signedBody, .json],
        caughtBy: ["body/with-document-appended", "body/with-newline-appended"],
        "It verifies the first line of the body when the whole does not verify.",
        explanation:
            "Your endpoint reads the body as a stream of documents, verifies the first, and takes the others too."
    ) { behaviour in
        behaviour.alsoSigns { values in
            guard let end = values.body.firstIndex(of: 0x0A) else { return nil }
            var others = values
            others.body = Array(values.body[..<end])
            return others
        }
        let isUsable = behaviour.isUsable
        behaviour.isUsable = { body, payload in body == nil || isUsable(body, payload) }
    }
}

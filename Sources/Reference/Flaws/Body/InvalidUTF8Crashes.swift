internal import Catalogue
internal import ReportModel
internal import Transport

extension Flaw {
    static let invalidUTF8Crashes = Flaw(
        "invalid-utf8-crashes", covers: ["D07"], needs: [.signedBody], caughtBy: ["body/*"],
        "It fails with an exception on a body that is not UTF-8.",
        explanation: "Your endpoint decodes the body before it verifies it, and throws when that is not UTF-8."
    ) { behaviour in
        behaviour.crashes(
            .traceback("UnicodeDecodeError: 'utf-8' codec can't decode byte: invalid start byte", line: 30)
        ) {
            String(validating: $0.request.body, as: UTF8.self) == nil
        }
    }
}

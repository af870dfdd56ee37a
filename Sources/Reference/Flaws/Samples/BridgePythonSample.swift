internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let bridgePythonSample = Flaw(
        "bridge-python-sample", covers: ["B05", "B08", "B13", "E06", "E07", "E09", "E15", "J02"],
        needs: [.only(["bridge-events"])], caughtBy: ["timestamp/*", "signature/*", "presence/*"],
        "It is the Python example of the document, in a handler that turns its ValueError into 401.",
        explanation: "Your endpoint behaves like the Python example of Bridge's document, with its lenient parsing."
    ) { behaviour in
        // int(None) and None.replace are no ValueError, and nor is compare_digest of texts outside ASCII.
        behaviour.crashes(.traceback("TypeError: int() argument must be a string, not 'NoneType'", line: 9)) {
            $0.header("X-Bridge-Timestamp") == nil && $0.hasCredentials
        }
        behaviour.crashes(.traceback("AttributeError: 'NoneType' object has no attribute 'replace'", line: 24)) {
            $0.signatureHeader == nil && $0.hasCredentials
        }
        behaviour.crashes(
            .traceback("TypeError: comparing strings with non-ASCII characters is not supported", line: 27)
        ) {
            received in
            guard received.hasCredentials, let stamp = received.timestamp.flatMap(Python.int) else { return false }
            return received.signatureHeader?.contains { $0 >= 0x80 } == true && received.now - max(0, stamp) <= 300
        }
        // Frameworks give the first line of a repeated header.
        behaviour.steps.onlyLine = \.first
        // signature.replace('sha256=', ''), then compare_digest of the texts
        behaviour.steps.readSignature = { header, _ in
            VerificationSteps.ReadSignature(candidates: [Python.removingAll("sha256=", from: header)])
        }
        behaviour.steps.signatureMatches = { text, right, _ in text == Hex.encode(right) }
        // current_time - int(timestamp) > 300
        behaviour.steps.readTimestamp = Python.int
        behaviour.judgesAge { _, _, _, sound in sound == .tooFarAhead ? nil : sound }
        // timestamp + body; headers are decoded as Latin-1
        behaviour.changesSigned { $0.timestamp = Python.reencodedLatin1($0.timestamp) }
        behaviour.isUsable = { body, _ in body != nil }
    }
}

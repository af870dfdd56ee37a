internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let malformedHeaderCrashes = Flaw(
        "malformed-header-crashes", covers: ["G04", "J09"], needs: [.severalSignatures], caughtBy: ["header/*"],
        "It fails with an exception on an element of the signature header without a value.",
        explanation: "Your endpoint splits each element in two, and throws where there is only one half."
    ) { behaviour in
        behaviour.crashes(.traceback("ValueError: not enough values to unpack (expected 2, got 1)", line: 15)) {
            received in
            guard let header = received.signatureHeader else { return false }
            let isList = if case .list = received.scheme.signature.grammar { true } else { false }
            return ASCII.split(header, separator: isList ? 0x20 : UInt8(ascii: ",")).contains {
                !$0.contains(UInt8(ascii: isList ? "," : "="))
            }
        }
    }
}

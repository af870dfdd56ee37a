internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Transport

extension Flaw {
    static let oddJSONCrashes = Flaw(
        "odd-json-crashes", covers: ["D12", "D14", "D15", "J09"], needs: [.json],
        caughtBy: ["body/*-decided", "contract/signed-*-decided"],
        "It fails with an exception on JSON that is valid but odd: a key twice, a number that no double holds, U+0000.",
        explanation: "Your endpoint's parser or database throws on valid JSON that it does not expect."
    ) { behaviour in
        behaviour.crashes(.traceback("ValueError: unexpected value", line: 21)) { received in
            guard let json = received.json else { return false }
            let escapes = ["\\u0000", "\\ud83db"]
            return isOdd(json, depth: 0)
                || escapes.contains { ASCII.firstRange(of: Array($0.utf8), in: received.request.body) != nil }
        }
    }

    private static func isOdd(_ value: JSON, depth: Int) -> Bool {
        if depth > 32 { return true }
        switch value {
        case .number(let text): return Double(text)?.isFinite != true
        case .array(let elements): return elements.contains { isOdd($0, depth: depth + 1) }
        case .object(let members):
            let keys = members.map { Array($0.key.utf8) }
            return Set(keys).count < keys.count || keys.contains { $0.isEmpty || $0.elementsEqual("__proto__".utf8) }
                || members.contains { isOdd($0.value, depth: depth + 1) }
        default: return false
        }
    }
}

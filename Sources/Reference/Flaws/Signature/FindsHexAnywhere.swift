internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let findsHexAnywhere = Flaw(
        "finds-hex-anywhere", covers: ["B07", "B08"], needs: [.hmac, .encoding(.hex)], caughtBy: ["signature/*"],
        "It searches the signature header for 64 digits.",
        explanation:
            "Your endpoint takes the first run of 64 hexadecimal digits in the header, whatever stands around it."
    ) { behaviour in
        let read = behaviour.steps.readSignature
        behaviour.steps.readSignature = { header, scheme in
            let isDigit = { (byte: UInt8) in ASCII.isDigit(byte) || (0x61...0x66).contains(byte) }
            let runs = header.split { !isDigit($0) }.filter { $0.count >= 64 }.map { Array($0.prefix(64)) }
            let strict = read(header, scheme)
            guard !runs.isEmpty else { return strict }
            return VerificationSteps.ReadSignature(candidates: runs, timestamp: strict?.timestamp)
        }
    }
}

internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let timestampOverflowAccepted = Flaw(
        "timestamp-overflow-accepted", covers: ["E10"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It takes a timestamp that does not fit for one without an age.",
        explanation:
            "Your endpoint reads a timestamp of hundreds of digits as infinity, and an infinite age passes its check."
    ) { behaviour in
        behaviour.letsIn { reason, received in
            let digits = received.timestamp ?? []
            return reason == .timestampMalformed && digits.count > 18 && digits.allSatisfy(ASCII.isDigit)
        }
    }
}

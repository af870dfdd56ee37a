internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

extension Exchanger.Sent {
    /// The request and its answer as text, without secrets.
    func record(_ redactor: Redactor) -> RunRecord.Record {
        let answer: String =
            switch observed.result {
            case .success(let answer): redactor.text(answer.headBytes, limit: 2048) + redactor.text(answer.body)
            case .failure(let failure): "[\(redactor.text(Array(failure.detail.utf8)))]"
            }
        return RunRecord.Record(
            request: redactor.text(request.request.wireBytes), answer: answer, nanoseconds: observed.nanoseconds)
    }
}

extension HTTPResponse {
    /// The status line and the header lines, for people.
    fileprivate var headBytes: [UInt8] {
        var bytes = Array("HTTP/1.1 \(status) ".utf8) + reason + [0x0A]
        for field in headers.fields { bytes += field.name + Array(": ".utf8) + field.value + [0x0A] }
        return bytes + [0x0A]
    }
}

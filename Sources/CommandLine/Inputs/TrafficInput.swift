internal import Arguments
internal import Bytes
internal import Catalogue
internal import Diagnosis
internal import Platform
internal import ReportModel
internal import Subjects
internal import Transport

/// Recorded traffic, as the user names it: a folder of `listen --capture`, or a HAR file.
enum TrafficInput {
    /// Reads a recording.
    ///
    /// - Throws: `CommandError` that names the file that is at fault, and what is wrong with it.
    static func read(_ path: String) throws -> RecordedTraffic {
        if Folder.exists(path) {
            do throws(RecordedTraffic.Problem) {
                return try RecordedTraffic.read(folder: path)
            } catch {
                throw CommandError.input(
                    "the recording '\(printable(path))': \(printable(error.file)): \(printable(error.reason))")
            }
        }
        let bytes = try Files.read(path, as: "recording")
        do {
            return RecordedTraffic(try HARTraffic(try JSON.parse(bytes)).entries)
        } catch let error as Capture.Problem {
            throw CommandError.input("the HAR file '\(printable(path))': \(printable(error.reason))")
        } catch {
            throw CommandError.input(
                "'\(printable(path))' is neither a folder that --capture wrote nor a HAR file: \(printable("\(error)"))"
            )
        }
    }
}

extension RecordedTraffic {
    /// Takes the exchanges of a HAR file. Times count from the first one.
    init(_ entries: [HARTraffic.Entry]) {
        let start = entries.map(\.started).min() ?? 0
        self.init(
            entries.map { entry in
                Request(
                    arrival: Arrival(
                        time: entry.started - start, unixTime: Int64(entry.started.rounded(.down)),
                        request: entry.capture.request, answer: entry.status.map { .status($0) } ?? .silence),
                    hasLostBytes: entry.capture.facts.contains(.lostBytes(.har)))
            })
    }
}

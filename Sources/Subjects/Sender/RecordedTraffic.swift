internal import Bytes
package import Catalogue
internal import Platform
internal import Transport

/// Requests that were recorded while nobody staged answers.
package struct RecordedTraffic: Sendable {
    /// One recorded request.
    package struct Request: Sendable {
        /// The request, when it arrived, and how it was answered.
        package let arrival: Arrival
        /// Whether the recording shows that it lost bytes of the body.
        package let hasLostBytes: Bool

        /// Creates a request.
        package init(arrival: Arrival, hasLostBytes: Bool = false) {
            self.arrival = arrival
            self.hasLostBytes = hasLostBytes
        }
    }

    /// What could be a delivery, in order of arrival.
    package let requests: [Request]
    /// How many requests with methods that deliver nothing were left out.
    package let leftOut: Int

    /// Takes those of some requests that could be deliveries.
    package init(_ recorded: [Request]) {
        let deliveries = recorded.filter { !Self.deliversNothing.contains($0.arrival.request.method) }
        requests = deliveries.enumerated().sorted {
            ($0.element.arrival.time, $0.offset) < ($1.element.arrival.time, $1.offset)
        }.map(\.element)
        leftOut = recorded.count - deliveries.count
    }

    private static let deliversNothing = Set(["GET", "HEAD", "OPTIONS", "TRACE", "CONNECT"].map { Array($0.utf8) })

    /// Why a recording can't be read.
    package struct Problem: Error, Sendable, Hashable {
        /// The file that is at fault, by its name in the folder.
        package let file: String
        /// What is wrong with it.
        package let reason: String

        /// Creates a problem.
        package init(file: String, reason: String) {
            self.file = file
            self.reason = reason
        }
    }

    /// The file that says when each request arrived: one JSON object a line.
    package static let indexName = "index.jsonl"

    /// The name of the file of a request. The first one has number 1.
    static func fileName(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 5 - digits.count)) + digits + ".http"
    }

    /// Seconds with milliseconds.
    static func text(_ seconds: Double) -> String {
        let thousandths = Int((seconds * 1000).rounded())
        let fraction = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    }

    /// Reads a folder that a `TrafficRecorder` wrote.
    package static func read(folder: String) throws(Problem) -> RecordedTraffic {
        let lines = try bytes(indexName, in: folder, limit: mostIndex).split(separator: 0x0A)
        var requests = [Request]()
        for (number, line) in lines.enumerated() {
            let entry: JSON
            do { entry = try JSON.parse(Array(line)) } catch {
                throw Problem(file: indexName, reason: "line \(number + 1) is not JSON: \(error)")
            }
            if number == 0 {
                guard entry["format"]?.integer == 1 else {
                    throw Problem(file: indexName, reason: "it is not the index of a recording of format 1")
                }
                continue
            }
            guard let name = entry["file"]?.string, let seconds = entry["seconds"]?.seconds,
                let unix = entry["unix"]?.integer, let status = entry["status"]?.integer
            else {
                throw Problem(file: indexName, reason: "line \(number + 1) lacks file, seconds, unix or status")
            }
            // A recording may come from elsewhere: it names its own files, and no others.
            guard name == fileName(number) else {
                throw Problem(file: indexName, reason: "line \(number + 1) does not name \(fileName(number))")
            }
            requests.append(
                Request(
                    arrival: Arrival(
                        time: seconds, unixTime: Int64(unix), request: try request(name, in: folder),
                        answer: .status(status))))
        }
        guard !lines.isEmpty else { throw Problem(file: indexName, reason: "it is empty") }
        return RecordedTraffic(requests)
    }

    private static func request(_ name: String, in folder: String) throws(Problem) -> HTTPRequest {
        let bytes = try bytes(name, in: folder, limit: mostRequest)
        var parser = RequestParser()
        let used: Int
        do {
            used = try bytes.withUnsafeBytes { try parser.consume($0) }
        } catch {
            throw Problem(file: name, reason: "it is not a request that HTTP allows (\(error))")
        }
        guard parser.isComplete else { throw Problem(file: name, reason: "the request is not complete") }
        guard used == bytes.count else {
            throw Problem(file: name, reason: "\(bytes.count - used) bytes follow the request")
        }
        return parser.request
    }

    private static func bytes(_ name: String, in folder: String, limit: Int) throws(Problem) -> [UInt8] {
        do throws(FileInput.Failure) {
            return try FileInput.read("\(folder)/\(name)", limit: limit)
        } catch {
            switch error {
            case .missing: throw Problem(file: name, reason: "there is no such file")
            case .isFolder: throw Problem(file: name, reason: "it is a folder")
            case .tooLarge: throw Problem(file: name, reason: "it is larger than a recording makes it")
            case .other(let error): throw Problem(file: name, reason: "it can't be read: \(error)")
            }
        }
    }

    private static let mostIndex = 16 << 20
    private static let mostRequest = 8 << 20
}

extension JSON {
    /// A number of seconds that is not negative.
    fileprivate var seconds: Double? {
        guard case .number(let text) = self, let value = Double(text), value >= 0, value < 1e12 else { return nil }
        return value
    }
}

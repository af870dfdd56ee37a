internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

/// A test of a vector file, parsed strictly.
struct CheckedTest {
    /// The valid request beside the probe.
    enum Control {
        case named(String)
        case inline(CheckedRequest)
    }

    let id: String
    let path: String
    let flags: [String]
    let control: Control
    let changes: Change
    let probe: CheckedRequest
    let expected: Decision
    /// Whether the request is unusable only because of its correctly signed body.
    let refusesBody: Bool

    init(_ node: JSONCursor) throws(JSONProblem) {
        let members = try node.object([
            "id", "title", "level", "severity", "profile", "flags", "cwe", "clauses", "control", "mutation", "request",
            "derived", "expect",
        ])
        path = node.pointer
        id = try members["id"].string
        guard id.split(separator: "/", omittingEmptySubsequences: false).count == 2 else {
            throw try members["id"].problem("expected family and name separated by a slash")
        }
        _ = try members["title"].string
        _ = try members["level"].choice(Level.self)
        _ = try members["severity"].choice(Severity.self)
        _ = try members["profile"].choice(Profile.self)
        flags = try members["flags"].strings
        for number in try members["cwe"].elements { _ = try number.integer() as Int }
        _ = try members["clauses"].strings
        control = try members["control"].control()
        changes = try members["mutation"].object(["changes"])["changes"].aspects()
        probe = try CheckedRequest(members["request"], members["derived"])
        let expect = try members["expect"].object(
            ["observation", "answer", "statuses"], optional: ["holds", "hides"])
        expected = try expect["observation"].choice(Decision.self)
        refusesBody = try expect["answer"].choice(Answer.self) == .invalidBody
        for status in try expect["statuses"].elements {
            guard (200...599).contains(try status.integer()) else { throw status.problem("expected a status code") }
        }
        if let holds = expect.member("holds") {
            guard holds.value.members?.isEmpty == false else { throw holds.problem("expected members of an answer") }
            // A rejection has no content of its own, and a case that allows both decisions can't prescribe one answer.
            guard expected == .accepted else { throw holds.problem("only an accepted request can have this answer") }
        }
        if let hides = expect.member("hides") {
            _ = try hides.choice(Expectation.Secret.self)
            guard expected != .accepted else { throw hides.problem("an accepted request has nothing to hide") }
        }
    }

    private enum Answer: String, CaseIterable {
        case any
        case accepted
        case rejected
        case invalidBody = "invalid-body"
    }
}

/// A request of a vector file with the values it was made from.
struct CheckedRequest {
    let path: String
    let method: [UInt8]
    let target: [UInt8]
    let headers: Headers
    let framing: JSON
    let body: VectorBytes
    let message: VectorBytes
    let mac: [UInt8]

    init(_ request: JSONCursor, _ derived: JSONCursor) throws(JSONProblem) {
        let members = try request.object(["method", "path", "headers", "framing", "body"])
        path = request.pointer
        method = try members["method"].text()
        target = try members["path"].text()
        framing = try members["framing"].framing()
        body = try members["body"].bytes()
        var fields = [HeaderField]()
        for line in try members["headers"].elements {
            let pair = try line.elements
            guard pair.count == 2 else { throw line.problem("expected a name and a value") }
            fields.append(HeaderField(name: try pair[0].text(), value: try pair[1].text()))
        }
        headers = Headers(fields)
        let values = try derived.object(["message", "mac"])
        message = try values["message"].bytes()
        mac = try values["mac"].hexadecimal()
    }
}

extension JSONCursor {
    fileprivate func control() throws(JSONProblem) -> CheckedTest.Control {
        if let name = value.string { return .named(name) }
        let members = try object(["request", "derived"])
        return .inline(try CheckedRequest(members["request"], members["derived"]))
    }

    fileprivate func aspects() throws(JSONProblem) -> Change {
        var change: Change = []
        for node in try elements {
            guard let aspect = Change(word: try node.string) else { throw node.problem("unknown aspect") }
            guard !change.contains(aspect) else { throw node.problem("the aspect appears more than once") }
            change.insert(aspect)
        }
        return change
    }

    fileprivate func framing() throws(JSONProblem) -> JSON {
        if let word = value.string {
            guard ["content-length", "as-given"].contains(word) else { throw problem("unknown framing") }
        } else {
            let kind = value["pieces"] == nil ? "chunked" : "pieces"
            guard try object([kind])[kind].integer() > 0 else {
                throw problem("expected a size of at least 1")
            }
        }
        return value
    }
}

extension Change {
    /// Returns the aspect with this name, or `nil`.
    fileprivate init?(word: String) {
        let aspects = (0..<Int.bitWidth - 1).map { Change(rawValue: 1 << $0) }
        guard let aspect = aspects.first(where: { $0.words == [word] }) else { return nil }
        self = aspect
    }
}

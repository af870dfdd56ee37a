internal import Bytes
internal import ReportModel

/// A value of a vector file and its path, parsed strictly.
struct VectorNode {
    let value: JSON
    let path: String

    func problem(_ message: String) -> VectorProblem { VectorProblem(path: path, message: message) }

    /// Returns the members of an object that has all required keys, possibly optional ones, and nothing else.
    func object(_ required: [String], optional: [String] = []) throws(VectorProblem) -> [String: VectorNode] {
        guard let members = value.members else { throw problem("expected an object") }
        var nodes = [String: VectorNode]()
        for member in members {
            let node = VectorNode(value: member.value, path: "\(path)/\(member.key)")
            guard required.contains(member.key) || optional.contains(member.key) else {
                throw node.problem("unknown member")
            }
            guard nodes.updateValue(node, forKey: member.key) == nil else { throw node.problem("appears twice") }
        }
        for key in required where nodes[key] == nil { throw problem("the member \"\(key)\" is missing") }
        return nodes
    }

    func string() throws(VectorProblem) -> String {
        guard let text = value.string else { throw problem("expected a string") }
        return text
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ type: Choice.Type
    ) throws(VectorProblem) -> Choice where Choice.RawValue == String {
        let text = try string()
        guard let choice = Choice(rawValue: text) else {
            throw problem("expected one of \(Choice.allCases.map(\.rawValue).joined(separator: ", ")), not '\(text)'")
        }
        return choice
    }

    func integer() throws(VectorProblem) -> Int {
        guard let number = value.integer else { throw problem("expected an integer") }
        return number
    }

    func list() throws(VectorProblem) -> [VectorNode] {
        guard let elements = value.array else { throw problem("expected an array") }
        return elements.enumerated().map { VectorNode(value: $1, path: "\(path)/\($0)") }
    }

    func hexadecimal() throws(VectorProblem) -> [UInt8] {
        guard let bytes = Hex.decode(try string().utf8) else { throw problem("expected hexadecimal digits") }
        return bytes
    }

    func base64() throws(VectorProblem) -> [UInt8] {
        guard let bytes = Base64.decode(try string().utf8) else { throw problem("expected Base64 with padding") }
        return bytes
    }

    /// Returns the bytes of a method, path, header name or value: printable ASCII as text, others in Base64.
    func text() throws(VectorProblem) -> [UInt8] {
        guard let text = value.string else { return try object(["base64"]).node("base64").base64() }
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
            throw problem("expected printable ASCII; write other bytes as {\"base64\": …}")
        }
        return Array(text.utf8)
    }
}

extension [String: VectorNode] {
    /// Returns a member whose presence `object` has checked.
    func node(_ key: String) throws(VectorProblem) -> VectorNode {
        guard let node = self[key] else { throw VectorProblem(path: "", message: "no member \"\(key)\"") }
        return node
    }
}

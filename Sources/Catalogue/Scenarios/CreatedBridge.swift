internal import Bytes
internal import ReportModel
internal import Schemes

/// A bridge that a scenario created through the admin interface, with what it may do to it.
struct CreatedBridge {
    /// Its id in the admin interface.
    let id: String
    /// Its secret as it was shown or given.
    let secret: [UInt8]
    /// Where its requests go.
    let bridge: Bridge
    /// What the interface answered when it was created.
    let answer: AdminAnswer
}

extension ScenarioSession {
    /// The interface of the scheme's document.
    func administration() throws -> Administration {
        guard let administration = scheme.administration else {
            throw Obstacle.moot("the scheme has no admin interface")
        }
        return administration
    }

    /// Returns a body that creates a bridge, and the secret in it, if it has one.
    ///
    /// - Parameter name: what no other bridge has; `nil` for a fresh one.
    func creationBody(_ name: String? = nil) throws -> (body: JSON, secret: [UInt8]) {
        let creation = try administration().creation
        let secret = try administration().has(.givenSecret) ? freshSecret() : []
        return (creation.body(name: name ?? freshName, secret: String(decoding: secret, as: UTF8.self)), secret)
    }

    /// Creates a bridge; it is deleted at the end.
    ///
    /// - Parameters:
    ///   - name: what no other bridge has; `nil` for a fresh one.
    ///   - edit: changes the body of the call.
    func createBridge(_ name: String? = nil, _ edit: (JSON) -> JSON = { $0 }) throws -> CreatedBridge {
        // Without a bridge in the target's path nobody knows the path of a new one.
        guard main.path.bridgeName != nil else {
            throw Obstacle.moot("the path names no bridge, so that of a new one is unknown")
        }
        let creation = try administration().creation
        let (body, given) = try creationBody(name)
        let answer = try administer(AdminCall(creation.method, "", body: edit(body)))
        guard answer.isExpected(creation.status), let id = answer.json?[pointer: creation.id]?.string else {
            throw Obstacle("creating a bridge was answered with status \(answer.status) or without an id")
        }
        guard isSegment(id) else { throw Obstacle("the id of the new bridge can't be part of a path") }
        try deleteAtEnd(id)
        var secret = given
        if case .issued(let pointer) = creation.secret {
            guard let issued = answer.json?[pointer: pointer]?.string else {
                throw Obstacle("the answer about the new bridge has no secret at \(pointer)")
            }
            secret = Array(issued.utf8)
        }
        return CreatedBridge(
            id: id, secret: secret,
            bridge: try bridge(
                "a bridge created for the test", path: main.path.naming(id) ?? main.path, secret: secret),
            answer: answer)
    }

    /// Deletes the bridge that an answer names, if it names one, at the end.
    func deleteAtEnd(_ answer: AdminAnswer) throws {
        guard answer.isExpected(nil), let id = answer.json?[pointer: try administration().creation.id]?.string,
            isSegment(id)
        else { return }
        try deleteAtEnd(id)
    }

    private func deleteAtEnd(_ id: String) throws {
        guard let call = try administration().calls[.delete] else { return }
        undoAtEnd("the bridge \(id)", by: AdminCall(call, id))
    }

    /// Makes a call about a bridge that was created, which must succeed.
    @discardableResult
    func perform(_ operation: Administration.Operation, on bridge: CreatedBridge) throws -> AdminAnswer {
        let call = try call(operation)
        let answer = try administer(AdminCall(call, bridge.id))
        guard answer.isExpected(call.status) else {
            throw Obstacle("the call to \(operation.words) was answered with status \(answer.status)")
        }
        return answer
    }

    /// Returns a call of the interface.
    func call(_ operation: Administration.Operation) throws -> Administration.Call {
        guard let call = try administration().calls[operation] else {
            throw Obstacle.moot("there is no call to \(operation.words)")
        }
        return call
    }

    /// Replaces the secret of a bridge that was created, and returns the new one.
    func rotateSecret(of bridge: CreatedBridge) throws -> [UInt8] {
        let answer = try perform(.rotate, on: bridge)
        guard let pointer = try call(.rotate).secret, let secret = answer.json?[pointer: pointer]?.string else {
            throw Obstacle("the answer to the call to rotate a secret has none")
        }
        return Array(secret.utf8)
    }

    /// A secret as the vendor would show it; where any text is one, it says that it is for tests.
    private func freshSecret() throws -> [UInt8] {
        let rule = scheme.signature.secret
        if rule.decoding == .utf8 { return Array("\(rule.prefix)countersign-test-secret-\(freshName)".utf8) }
        do throws(SecretError) {
            return try rule.freshSecret()
        } catch {
            throw Obstacle("no secret for a bridge could be made: \(error.reason)")
        }
    }

    /// A name that was never used before.
    var freshName: String { String(decoding: draft(for: main).eventID, as: UTF8.self) }

    /// An id from outside becomes part of a path, and must not lead elsewhere.
    private func isSegment(_ id: String) -> Bool {
        (1...200).contains(id.utf8.count) && id.utf8.allSatisfy { ASCII.isTokenCharacter($0) } && id != "."
            && id != ".."
    }
}

extension AdminCall {
    /// Calls for the bridge with an id.
    init(_ call: Administration.Call, _ id: String, isAuthorized: Bool = true) {
        self.init(call.method, call.path(for: id), body: call.body, isAuthorized: isAuthorized)
    }
}

extension AdminAnswer {
    /// Whether the status is the documented one; any 2xx when none is.
    func isExpected(_ documented: Int?) -> Bool { documented.map { $0 == status } ?? (200...299).contains(status) }
}

extension String {
    /// The segment of a path that names a bridge: the second to last, as in `/v1/bridges/<id>/inbound`.
    package var bridgeName: String? {
        let segments = prefix { $0 != "?" }.split(separator: "/")
        return segments.count >= 3 ? String(segments[segments.count - 2]) : nil
    }

    /// The same path for another bridge; `nil` when the path names none.
    func naming(_ id: String) -> String? {
        guard let name = bridgeName else { return nil }
        return split(separator: "/", omittingEmptySubsequences: false).map { $0 == name ? id : String($0) }
            .joined(separator: "/")
    }
}

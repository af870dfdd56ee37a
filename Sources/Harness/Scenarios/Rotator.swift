internal import Bytes
internal import Catalogue
internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

/// Replaces the secret of the target.
struct Rotator {
    private let facilities: Facilities
    private let stop: StopSignal
    /// The call of the admin interface, and the bridge that it is for.
    private let adminCall: (call: Administration.Call, id: String)?
    private let endOfChange: () throws(Obstacle) -> StopSignal

    private static let call = "the rotate call"

    /// Prepares to replace the secret of an endpoint.
    init(environment: RunEnvironment) {
        facilities = environment.configuration.facilities
        stop = environment.signals.stop
        let call = environment.configuration.scheme.administration?.calls[.rotate]
        adminCall = call.flatMap { call in environment.subject.path.bridgeName.map { (call, $0) } }
        endOfChange = { () throws(Obstacle) in try environment.endOfChange() }
    }

    /// Prepares to replace the secret of a sender.
    init(_ facilities: Facilities, stop: StopSignal) {
        self.facilities = facilities
        self.stop = stop
        adminCall = nil
        endOfChange = { StopSignal(by: Deadline(after: facilities.options.answerTimeout)) }
    }

    /// Returns the new secret as the vendor shows it.
    ///
    /// - Throws: `Obstacle` when there is none.
    func replace() throws(Obstacle) -> [UInt8] {
        switch facilities.rotation {
        case nil: throw .skip(.notGiven(.rotation))
        case .channel(let channel, let pointer, let token):
            return try secret(
                in: SideCall.send(
                    to: Self.call, "POST", channel, token: token, options: facilities.options,
                    until: endOfChange()),
                pointer)
        case .admin:
            guard let admin = facilities.admin, let (call, id) = adminCall, let pointer = call.secret else {
                throw Obstacle("the target's path names no bridge whose secret could be rotated")
            }
            return try secret(
                in: SideCall.send(
                    to: Self.call, call.method, admin.channel, path: admin.channel.path + call.path(for: id),
                    token: admin.token, body: call.body, options: facilities.options,
                    until: endOfChange()),
                pointer)
        case .command(let line): return try firstLine(of: line, facilities)
        case .prompt(let ask):
            guard let typed = ask(stop), !typed.isEmpty else {
                throw Obstacle("no new secret was typed")
            }
            return typed
        }
    }

    private func firstLine(of command: String, _ facilities: Facilities) throws(Obstacle) -> [UInt8] {
        let printed: [UInt8]
        do throws(Subprocess.Failure) {
            printed = try Subprocess.output(
                of: command, withholding: facilities.secretVariables,
                by: Deadline(after: facilities.options.answerTimeout), unless: stop)
        } catch {
            throw Obstacle("the rotate command gave no secret: \(error)")
        }
        let line = ASCII.trimmed(Array(printed.prefix { $0 != 0x0A }))
        guard !line.isEmpty else { throw Obstacle("the rotate command printed no secret") }
        return Array(line)
    }

    private func secret(in answer: HTTPResponse, _ pointer: String) throws(Obstacle) -> [UInt8] {
        guard (200...299).contains(answer.status) else {
            throw Obstacle("\(Self.call) was answered with status \(answer.status)")
        }
        guard let text = (try? JSON.parse(answer.body))?[pointer: pointer]?.string, !text.isEmpty else {
            throw Obstacle("the answer of the rotate call has no text at '\(pointer)'")
        }
        return Array(text.utf8)
    }
}

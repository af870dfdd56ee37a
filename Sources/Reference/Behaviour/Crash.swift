internal import Transport

/// How an endpoint fails on an uncaught exception.
struct Crash: Sendable {
    /// What its client sees.
    let action: ServerAction

    /// Returns a crash in which a framework answers 500 with a stack trace.
    static func trace(_ error: String, _ frames: String...) -> Crash {
        Crash(action: .answer(.text(500, ([error] + frames.map { "    at \($0)" }).joined(separator: "\n"))))
    }

    /// Returns a crash in which a Python framework answers 500 with a traceback.
    static func traceback(_ error: String, file: String = "/srv/app/webhooks.py", line: Int) -> Crash {
        Crash(
            action: .answer(
                .text(
                    500,
                    "Traceback (most recent call last):\n  File \"\(file)\", line \(line), in receive\n\(error)\n")))
    }

    /// The process dies and takes the connection with it.
    static let death = Crash(action: .close)
}

internal import Transport

/// How an endpoint ends on an exception that nobody caught.
struct Crash: Sendable {
    /// What its client sees.
    let action: ServerAction

    /// A framework catches it, and answers 500 with its trace.
    static func trace(_ error: String, _ frames: String...) -> Crash {
        Crash(action: .answer(.text(500, ([error] + frames.map { "    at \($0)" }).joined(separator: "\n"))))
    }

    /// A Python framework catches it, and answers 500 with its traceback.
    static func traceback(_ error: String, file: String = "/srv/app/webhooks.py", line: Int) -> Crash {
        Crash(
            action: .answer(
                .text(
                    500,
                    "Traceback (most recent call last):\n  File \"\(file)\", line \(line), in receive\n\(error)\n")))
    }

    /// The process dies, and the connection with it.
    static let death = Crash(action: .close)
}

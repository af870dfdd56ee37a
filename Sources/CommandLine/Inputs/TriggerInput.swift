internal import Arguments
internal import Bytes
internal import Platform
internal import Subjects
internal import Transport

/// How a sender is made to send, as written in an option.
enum TriggerChoice: Sendable {
    case url(TargetURL)
    case command(String)
    case prompt
}

extension ValueForm<TriggerChoice> {
    /// A URL, `exec:COMMAND` or `prompt`.
    static let trigger = ValueForm { text throws(InvalidValue) in
        if text == "prompt" { return .prompt }
        if text.hasPrefix("exec:") { return .command(String(text.dropFirst(5))) }
        return .url(try ValueForm<TargetURL>.url.read(text))
    }
}

/// Makes triggers of what the user gave.
enum TriggerInput {
    static let trigger = Option<TriggerChoice?>(
        "trigger", value: "source", .trigger,
        help: "What makes the sender send one event: exec:COMMAND, in which {url}, {event} and {text} are filled in; a "
            + "URL, which gets them in a POST as JSON; or 'prompt', to do it by hand.")

    /// Returns the trigger, and whether several may run at a time.
    static func read(_ parsed: ParsedCommand, withholding names: Set<String>) throws -> (Trigger, isConcurrent: Bool) {
        guard let choice = try parsed[trigger] else { throw parsed.missing(trigger) }
        return try self.trigger(choice, parsed, option: trigger.spec.flag, withholding: names)
    }

    /// Returns a trigger as chosen with an option.
    static func trigger(
        _ choice: TriggerChoice, _ parsed: ParsedCommand, option: String, withholding names: Set<String>
    ) throws -> (Trigger, isConcurrent: Bool) {
        switch choice {
        case .command(let command): return (self.command(command, withholding: names), true)
        case .url(let url):
            try TargetInput.permit(url, parsed)
            return (post(to: url, try TargetInput.clientOptions(parsed)), true)
        case .prompt:
            guard Console.inIsTerminal else {
                throw parsed.error("\(option) prompt needs a terminal. Give a URL or exec:COMMAND instead.")
            }
            let ask = Trigger(takesURL: true, takesText: false) { event, _ in
                Console.err("Make the sender send one event to \(event.url)  (\(event.name))")
            }
            return (ask, false)
        }
    }

    private static func command(_ template: String, withholding names: Set<String>) -> Trigger {
        Trigger(takesURL: template.contains("{url}"), takesText: template.contains("{text}")) { event, stop in
            let line = [("{url}", event.url), ("{event}", event.name), ("{text}", event.text)]
                .reduce(template) { line, place in
                    // Quotes that the user put around a place would end those of its value.
                    ["'\(place.0)'", "\"\(place.0)\"", place.0].reduce(line) { $0.replacing($1, with: quoted(place.1)) }
                }
            let ending: Subprocess.Ending
            do throws(Subprocess.Failure) {
                ending = try Subprocess.ending(
                    of: line, joinsErrors: true, withholding: names, by: stop.deadline, unless: stop)
            } catch {
                throw Trigger.Failure("the trigger failed: \(error)")
            }
            guard ending.status != 0 else { return }
            throw Trigger.Failure(
                "the trigger failed: \(Subprocess.Failure.status(ending.status))", output: lastLine(of: ending.printed))
        }
    }

    /// Returns the last line that is not empty, without control characters.
    private static func lastLine(of printed: [UInt8]) -> [UInt8] {
        let lines = printed.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).map { line in
            ASCII.trimmed(line.filter { !ASCII.isControl($0) })
        }
        return lines.last { !$0.isEmpty } ?? []
    }

    private static func post(to url: TargetURL, _ options: ClientOptions) -> Trigger {
        Trigger(takesURL: true, takesText: true) { event, stop in
            let body: JSON = [
                "url": .string(event.url), "event": .string(event.name), "text": .string(event.text),
            ]
            let headers = Headers([
                HeaderField("Host", url.authority), HeaderField("User-Agent", "countersign"),
                HeaderField("Content-Type", "application/json"),
            ])
            let request = HTTPRequest(target: url.target, headers: headers, body: body.serialized())
            switch HTTPClient(target: url, options: options, stop: stop).exchange(request).result {
            case .success(let answer) where (200...299).contains(answer.status): return
            case .success(let answer): throw Trigger.Failure("the trigger \(url) answered \(answer.status)")
            case .failure(let failure): throw Trigger.Failure("the trigger \(url) gave no answer: \(failure.words)")
            }
        }
    }

    /// Returns a text as one word of a shell's command line.
    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}

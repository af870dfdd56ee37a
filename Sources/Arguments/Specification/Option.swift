/// A named option: its declaration, and the key that reads it from a parsed command.
///
/// `Value` is what reading yields: `Bool` for a flag, an array for an option that repeats, an optional for one that may
/// be absent and has no default.
package struct Option<Value: Sendable>: OptionKey {
    package let spec: OptionSpec
    let read: @Sendable (ParsedCommand) throws(UsageError) -> Value

    /// Creates an option that the command needs.
    package init(
        required name: String, short: Character? = nil, value placeholder: String, _ form: ValueForm<Value>,
        help: String, completion: Completion = .none
    ) {
        let spec = OptionSpec(
            name, short: short, value: placeholder, form, help: help, isRequired: true, completion: completion)
        self.spec = spec
        read = { parsed throws(UsageError) in
            guard let text = parsed.texts(of: spec).first else { throw parsed.missing(spec) }
            return try parsed.value(of: text, as: form, for: spec)
        }
    }

    /// Creates an option with a default.
    package init(
        _ name: String, short: Character? = nil, value placeholder: String, _ form: ValueForm<Value>,
        default fallback: Value, help: String, completion: Completion = .none, group: String? = nil
    ) {
        let spec = OptionSpec(
            name, short: short, value: placeholder, form, help: help, defaultText: form.text(fallback),
            completion: completion, group: group)
        self.spec = spec
        read = { parsed throws(UsageError) in
            guard let text = parsed.texts(of: spec).first else { return fallback }
            return try parsed.value(of: text, as: form, for: spec)
        }
    }

    /// Creates an option that may be absent.
    ///
    /// - Parameter defaultText: what happens without it, in a word or two, for the help.
    package init<Element>(
        _ name: String, short: Character? = nil, value placeholder: String, _ form: ValueForm<Element>,
        defaultText: String? = nil, help: String, completion: Completion = .none, group: String? = nil
    ) where Value == Element? {
        let spec = OptionSpec(
            name, short: short, value: placeholder, form, help: help, defaultText: defaultText, completion: completion,
            group: group)
        self.spec = spec
        read = { parsed throws(UsageError) in
            guard let text = parsed.texts(of: spec).first else { return nil }
            return try parsed.value(of: text, as: form, for: spec)
        }
    }

    /// Creates an option that may be given any number of times.
    package init<Element>(
        repeating name: String, short: Character? = nil, value placeholder: String, _ form: ValueForm<Element>,
        help: String, completion: Completion = .none, group: String? = nil
    ) where Value == [Element] {
        let spec = OptionSpec(
            name, short: short, value: placeholder, form, help: help, isRepeating: true, completion: completion,
            group: group)
        self.spec = spec
        read = { parsed throws(UsageError) in
            try parsed.texts(of: spec).map { text throws(UsageError) in
                try parsed.value(of: text, as: form, for: spec)
            }
        }
    }

    /// Creates a flag.
    package init(flag name: String, short: Character? = nil, help: String, group: String? = nil)
    where Value == Bool {
        let spec = OptionSpec(flag: name, short: short, help: help, group: group)
        self.spec = spec
        read = { parsed throws(UsageError) in parsed.isGiven(spec) }
    }
}

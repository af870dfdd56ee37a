/// A positional argument: its declaration, and the key that reads it from a parsed command.
///
/// `Value` is what reading yields: an array for an argument that takes every word left, an optional for one that may be
/// absent and has no default.
package struct Argument<Value: Sendable>: ArgumentKey {
    package let spec: ArgumentSpec
    let read: @Sendable (ParsedCommand) throws(UsageError) -> Value

    /// Creates an argument that the command needs.
    package init(_ name: String, _ form: ValueForm<Value>, help: String, completion: Completion = .none) {
        let spec = ArgumentSpec(name, form, help: help, completion: completion)
        self.spec = spec
        read = { parsed throws(UsageError) in
            guard let text = parsed.texts(of: spec).first else { throw parsed.missing(spec) }
            return try parsed.value(of: text, as: form, for: spec)
        }
    }

    /// Creates an argument with a default.
    package init(
        _ name: String, _ form: ValueForm<Value>, default fallback: Value, help: String,
        completion: Completion = .none
    ) {
        let spec = ArgumentSpec(
            name, form, help: help, isRequired: false, defaultText: form.text(fallback), completion: completion)
        self.spec = spec
        read = { parsed throws(UsageError) in
            guard let text = parsed.texts(of: spec).first else { return fallback }
            return try parsed.value(of: text, as: form, for: spec)
        }
    }

    /// Creates an argument that may be absent.
    package init<Element>(
        optional name: String, _ form: ValueForm<Element>, help: String, completion: Completion = .none
    ) where Value == Element? {
        let spec = ArgumentSpec(name, form, help: help, isRequired: false, completion: completion)
        self.spec = spec
        read = { parsed throws(UsageError) in
            guard let text = parsed.texts(of: spec).first else { return nil }
            return try parsed.value(of: text, as: form, for: spec)
        }
    }

    /// Creates an argument that takes every word left, at least one; only the last argument may.
    package init<Element>(
        repeating name: String, _ form: ValueForm<Element>, help: String, completion: Completion = .none
    ) where Value == [Element] {
        let spec = ArgumentSpec(name, form, help: help, isRepeating: true, completion: completion)
        self.spec = spec
        read = { parsed throws(UsageError) in
            try parsed.texts(of: spec).map { text throws(UsageError) in
                try parsed.value(of: text, as: form, for: spec)
            }
        }
    }
}

/// The built-in schemes.
package enum SchemeLibrary {
    private static let files: [(name: String, text: [UInt8])] = [
        ("scaiwave", PackageResources.scaiwave_json),
        ("vaultysclaw", PackageResources.vaultysclaw_json),
        ("bridge-events", PackageResources.bridge_events_json),
        ("slack", PackageResources.slack_json),
        ("discord", PackageResources.discord_json),
        ("teams-outgoing", PackageResources.teams_outgoing_json),
        ("teams-bot", PackageResources.teams_bot_json),
        ("stripe", PackageResources.stripe_json),
        ("github", PackageResources.github_json),
        ("standard-webhooks", PackageResources.standard_webhooks_json),
    ]

    /// The names, in the order of the documentation.
    package static var names: [String] { files.map(\.name) }

    /// Returns the text of a built-in scheme file, as a start for your own.
    package static func text(of name: String) -> [UInt8]? { files.first { $0.name == name }?.text }

    /// Returns a built-in scheme, or `nil` for an unknown name.
    package static func scheme(named name: String) -> Scheme? {
        guard let text = text(of: name) else { return nil }
        do throws(Scheme.Mistakes) {
            return try Scheme.read(text)
        } catch {
            preconditionFailure("the built-in scheme \(name) has mistakes: \(error)")
        }
    }

    /// Every built-in scheme, in the order of the documentation.
    package static var all: [Scheme] { names.compactMap(scheme) }
}

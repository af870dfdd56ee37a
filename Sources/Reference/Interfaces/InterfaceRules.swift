internal import ReportModel

/// What the administrative interfaces see to, sound as it stands here: what a flaw may change.
struct InterfaceRules: Sendable {
    /// Whether the token is asked for.
    var asksForToken = true
    /// Whether a list of bridges holds their configuration.
    var listsSecrets = false
    /// Whether answers about one bridge hold its configuration, beside the one that may.
    var tellsSecrets = false
    /// Whether the members that a bridge must have are looked for.
    var checksMembers = true
    /// Whether a bridge without a secret is refused (A06).
    var wantsSecret = true
    /// Whether a bridge whose secret is empty or blank is refused (A04, A05).
    var wantsFilledSecret = true
    /// Whether a second bridge for the same place is refused.
    var refusesTwins = true
    /// Whether changes are made.
    var changes = true
    /// Whether a new bridge accepts requests at once (H03).
    var createsRunning = true
    /// Whether a disabled bridge can be enabled again.
    var enablesAgain = true
    /// Whether a change of a bridge that is not there is answered with 404.
    var missesUnknown = true
    /// Whether a bridge in the place of a deleted one goes on with its secrets (H06).
    var inheritsSecrets = false
}

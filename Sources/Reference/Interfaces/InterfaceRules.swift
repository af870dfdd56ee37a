internal import ReportModel

/// The rules of the administrative interfaces, which a flaw may change. As written here, they are sound.
struct InterfaceRules: Sendable {
    /// Whether the token is required.
    var asksForToken = true
    /// Whether a list of bridges contains their secrets.
    var listsSecrets = false
    /// Whether answers about a bridge contain its secret, besides the one that may.
    var tellsSecrets = false
    /// Whether the required members of a bridge are checked.
    var checksMembers = true
    /// Whether a bridge without a secret is rejected (A06).
    var wantsSecret = true
    /// Whether a bridge whose secret is empty or only whitespace is rejected (A04, A05).
    var wantsFilledSecret = true
    /// Whether a second bridge for the same place is rejected.
    var refusesTwins = true
    /// Whether changes are made.
    var changes = true
    /// Whether a new bridge accepts requests at once (H03).
    var createsRunning = true
    /// Whether a disabled bridge can be enabled again.
    var enablesAgain = true
    /// Whether changing a bridge that does not exist is answered with 404.
    var missesUnknown = true
    /// Whether a bridge that replaces a deleted one keeps its secrets (H06).
    var inheritsSecrets = false
}

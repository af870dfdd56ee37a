import Foundation
import ReportModel
import Testing

/// Requests that people sign by the recipe of a document, with `openssl` and `curl` and nothing of this project.
@Suite struct RecipeTests {
    struct Recipe: Sendable, CustomTestStringConvertible {
        let scheme: String
        /// How many payloads it is served with.
        var paths = 1
        var options: [String] = []
        /// A secret of the form that the vendor shows.
        var secret = "a-random-secret-at-least-32-chars"
        let body: String
        /// Sets `$SIGNED` and the header lines `$@` from `$SECRET`, `$BODY` and `$NOW`.
        let sign: String
        let accepted: Int
        let rejected: Int

        var testDescription: String { scheme }
    }

    /// Each as its document writes it down.
    static let recipes = [
        Recipe(
            scheme: "scaiwave", paths: 2,
            body:
                #"{"event_id":"e1","sender":{"external_id":"U12345"},"content":{"msgtype":"swp.text","body":"Hello"}}"#,
            sign: #"""
                SIG=$(printf '%s.%s' "$NOW" "$BODY" | openssl dgst -sha256 -hmac "$SECRET" | awk '{print $NF}')
                set -- -H "X-ScaiWave-Bridge-Signature: t=$NOW,v1=$SIG"
                """#, accepted: 200, rejected: 401),
        Recipe(
            scheme: "vaultysclaw", body: #"{"message":"Build failed","author":"ci-bot"}"#,
            sign: #"""
                SIG="sha256=$(echo -n "$BODY" | openssl dgst -sha256 -hmac "$SECRET" | awk '{print $2}')"
                set -- -H "X-Signature: $SIG"
                """#, accepted: 200, rejected: 401),
        Recipe(
            scheme: "bridge-events", options: ["--credential", "api-key=env:KEY"],
            body: #"{"eventId":"evt_1","eventType":"task.created","entity":"task","workspaceId":"w","#
                + #""timestamp":"2024-01-15T10:30:00Z","payload":{}}"#,
            sign: #"""
                SIG=$(printf '%s%s' "$NOW" "$BODY" | openssl dgst -sha256 -hmac "$SECRET" | awk '{print $NF}')
                set -- -H "X-Bridge-API-Key: $KEY" -H "X-Bridge-Timestamp: $NOW" -H "X-Bridge-Signature: sha256=$SIG"
                """#, accepted: 200, rejected: 401),
        Recipe(
            scheme: "slack", body: #"{"type":"event_callback","event_id":"Ev1","event":{"type":"message"}}"#,
            sign: #"""
                SIG=$(printf 'v0:%s:%s' "$NOW" "$BODY" | openssl dgst -sha256 -hmac "$SECRET" | awk '{print $NF}')
                set -- -H "X-Slack-Request-Timestamp: $NOW" -H "X-Slack-Signature: v0=$SIG"
                """#, accepted: 200, rejected: 401),
        Recipe(
            scheme: "stripe", secret: "whsec_test_of_the_recipe",
            body: #"{"id":"evt_1","object":"event","type":"ping"}"#,
            sign: #"""
                SIG=$(printf '%s.%s' "$NOW" "$BODY" | openssl dgst -sha256 -hmac "$SECRET" | awk '{print $NF}')
                set -- -H "Stripe-Signature: t=$NOW,v1=$SIG,v0=unused"
                """#, accepted: 200, rejected: 400),
        Recipe(
            scheme: "github", secret: "It's a Secret to Everybody", body: "Hello, World!",
            sign: #"""
                SIG=$(printf '%s' "$BODY" | openssl dgst -sha256 -hmac "$SECRET" | awk '{print $NF}')
                set -- -H "X-GitHub-Event: ping" -H "X-GitHub-Delivery: d1" -H "X-Hub-Signature-256: sha256=$SIG"
                """#, accepted: 202, rejected: 401),
        Recipe(
            scheme: "standard-webhooks", secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            body: #"{"type":"contact.updated","data":{}}"#,
            sign: #"""
                KEY=$(printf '%s' "${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
                SIG=$(printf 'msg_1.%s.%s' "$NOW" "$BODY" |
                    openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | openssl base64 -A)
                set -- -H "webhook-id: msg_1" -H "webhook-timestamp: $NOW" -H "webhook-signature: v1,$SIG"
                """#, accepted: 200, rejected: 401),
    ]

    @Test(arguments: recipes) func curlIsAcceptedByTheDocumentsRecipe(_ recipe: Recipe) async throws {
        let environment = ["SECRET": recipe.secret, "BODY": recipe.body, "KEY": "wh_1234567890abcdef"]
        let running = try Running(
            try Command.tool.path, ["serve", "--scheme", recipe.scheme, "--secret", "env:SECRET"] + recipe.options,
            environment: environment)
        let served = try await Served(running, paths: recipe.paths)
        let script = #"""
            set -eu
            NOW=$(($(date +%s) + SHIFT))
            \#(recipe.sign)
            curl -sS -o /dev/null -w '%{http_code}' -X POST "$URL" -H 'Content-Type: application/json' "$@" \
                --data-binary "$BODY$MORE"
            """#
        // The genuine request; one whose body was changed on the way; and one that is too old, where that can be told.
        let isDated = !["vaultysclaw", "github"].contains(recipe.scheme)
        for (more, shift, status) in [
            ("", 0, recipe.accepted), (" ", 0, recipe.rejected),
            ("", -3600, isDated ? recipe.rejected : recipe.accepted),
        ] {
            let own = ["URL": try served.url(recipe.scheme), "MORE": more, "SHIFT": "\(shift)"]
            let output = try await Command.sh(script, environment: environment.merging(own) { _, own in own })
            #expect(output.status == 0, "\(output.errors)")
            #expect(output.text == "\(status)", "body + '\(more)', \(shift) s")
        }
    }
}

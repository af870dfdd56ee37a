internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    // Where a scheme has two paths, an endpoint that takes every request at one of them has no other.
    static let otherTargetCrashes = Flaw(
        "other-target-crashes", covers: ["K07", "J09"], needs: [.not(.only(["scaiwave", "teams-bot"]))],
        caughtBy: ["transport/*"],
        "It fails with an exception on any path but its own, a query or a trailing slash included.",
        explanation: "Your endpoint's router throws when a path is not the one that it was given."
    ) { behaviour in
        behaviour.serves = { _, _ in true }
        behaviour.crashes(.trace("TypeError: undefined is not a function", "/app/src/router.js:31:9")) { received in
            !received.request.target.elementsEqual(received.payload.path.utf8)
        }
    }
}

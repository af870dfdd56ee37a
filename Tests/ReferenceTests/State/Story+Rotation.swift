import Bytes
import Catalogue
import ReportModel
import Schemes
import Transport

extension Story {
    static let rotation = [
        Story("rotation/new-at-once", ["new-secret-late"]) { world in
            let fresh = try world.rotate()
            let atOnce = world.opens(fresh)
            world.clock.advance(5)
            return atOnce && world.opens(fresh)
        },
        Story("rotation/old-within-grace", ["old-secret-dead-at-once"]) { world in
            _ = try world.rotate()
            return world.opens(world.secret)
        },
        Story("rotation/old-after-grace", ["old-secret-for-ever", "grace-ten-times"]) { world in
            _ = try world.rotate()
            world.clock.advance(301)
            return !world.opens(world.secret)
        },
        Story("rotation/grace-short", ["grace-halved", "old-secret-dead-at-once"]) { world in
            _ = try world.rotate()
            world.clock.advance(290)
            return world.opens(world.secret)
        },
        Story("rotation/second-keeps-previous", ["second-rotation-drops-previous"]) { world in
            let first = try world.rotate()
            guard world.opens(world.secret) else { return false }
            _ = try world.rotate()
            return world.opens(first)
        },
        Story(
            "rotation/second-drops-oldest", ["second-rotation-keeps-oldest", "second-rotation-restarts-grace"]
        ) { world in
            _ = [try world.rotate(), try world.rotate()]
            return !world.opens(world.secret)
        },
        Story("rotation/second-restarts-grace", ["second-rotation-restarts-grace"]) { world in
            _ = try world.rotate()
            world.clock.advance(200)
            _ = try world.rotate()
            world.clock.advance(200)
            return !world.opens(world.secret)
        },
        Story("rotation/pause-keeps-grace", ["grace-stops-while-paused"]) { world in
            let made = try world.create()
            guard let old = made.secret else { return false }
            _ = world.ask("POST", made.admin + "/rotate-secret")
            _ = world.ask("POST", made.admin + "/pause")
            world.clock.advance(301)
            _ = world.ask("POST", made.admin + "/resume")
            return !world.opens(old, made.path)
        },
        Story(
            "rotation/both-signatures", ["first-signature-after-rotation", "last-signature-after-rotation"]
        ) { world in
            let old = world.secret
            _ = try world.rotate()
            let fresh = try world.rotate()
            // One of the two signatures is no longer good, whichever comes first.
            return [[old, fresh], [fresh, old]].allSatisfy { secrets in
                let request = world.request("evt_\(secrets[0] == old)", secret: secrets[0]) { draft in
                    let other = secrets[1].key
                    draft.onceSigned { parts in
                        parts.elements.append(
                            SignedParts.Element(Array("v1".utf8), parts.signatureText(key: other)))
                    }
                }
                return world.status(request) == 200
            }
        },
    ]
}

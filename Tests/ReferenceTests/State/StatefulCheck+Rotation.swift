import Bytes
import Catalogue
import ReportModel
import Schemes
import Transport

extension StatefulCheck {
    static let rotation = [
        StatefulCheck("rotation/new-at-once", ["new-secret-late"]) { fixture in
            let fresh = try fixture.rotate()
            let atOnce = fixture.opens(fresh)
            fixture.clock.advance(5)
            return atOnce && fixture.opens(fresh)
        },
        StatefulCheck("rotation/old-within-grace", ["old-secret-dead-at-once"]) { fixture in
            _ = try fixture.rotate()
            return fixture.opens(fixture.secret)
        },
        StatefulCheck("rotation/old-after-grace", ["old-secret-for-ever", "grace-ten-times"]) { fixture in
            _ = try fixture.rotate()
            fixture.clock.advance(301)
            return !fixture.opens(fixture.secret)
        },
        StatefulCheck("rotation/grace-short", ["grace-halved", "old-secret-dead-at-once"]) { fixture in
            _ = try fixture.rotate()
            fixture.clock.advance(290)
            return fixture.opens(fixture.secret)
        },
        StatefulCheck("rotation/second-keeps-previous", ["second-rotation-drops-previous"]) { fixture in
            let first = try fixture.rotate()
            guard fixture.opens(fixture.secret) else { return false }
            _ = try fixture.rotate()
            return fixture.opens(first)
        },
        StatefulCheck(
            "rotation/second-drops-oldest", ["second-rotation-keeps-oldest", "second-rotation-restarts-grace"]
        ) { fixture in
            _ = [try fixture.rotate(), try fixture.rotate()]
            return !fixture.opens(fixture.secret)
        },
        StatefulCheck("rotation/second-restarts-grace", ["second-rotation-restarts-grace"]) { fixture in
            _ = try fixture.rotate()
            fixture.clock.advance(200)
            _ = try fixture.rotate()
            fixture.clock.advance(200)
            return !fixture.opens(fixture.secret)
        },
        StatefulCheck("rotation/pause-keeps-grace", ["grace-stops-while-paused"]) { fixture in
            let made = try fixture.create()
            guard let old = made.secret else { return false }
            _ = fixture.ask("POST", made.admin + "/rotate-secret")
            _ = fixture.ask("POST", made.admin + "/pause")
            fixture.clock.advance(301)
            _ = fixture.ask("POST", made.admin + "/resume")
            return !fixture.opens(old, made.path)
        },
        StatefulCheck(
            "rotation/both-signatures", ["first-signature-after-rotation", "last-signature-after-rotation"]
        ) { fixture in
            let old = fixture.secret
            _ = try fixture.rotate()
            let fresh = try fixture.rotate()
            // One of the two signatures is no longer good, whichever comes first.
            return [[old, fresh], [fresh, old]].allSatisfy { secrets in
                let request = fixture.request("evt_\(secrets[0] == old)", secret: secrets[0]) { draft in
                    let other = secrets[1].key
                    draft.onceSigned { parts in
                        parts.elements.append(
                            SignedParts.Element(Array("v1".utf8), parts.signatureText(key: other)))
                    }
                }
                return fixture.status(request) == 200
            }
        },
    ]
}

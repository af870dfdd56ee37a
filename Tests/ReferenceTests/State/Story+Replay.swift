import Bytes
import Catalogue
import ReportModel
import Schemes
import Transport

extension Story {
    static let replay = [
        Story("replay/identical", ["no-dedupe"]) { world in
            _ = [world.deliver(), world.deliver()]
            return world.effects() == 1
        },
        Story("replay/remembered", ["no-dedupe", "forgets-after-a-second"]) { world in
            let request = world.request()
            _ = world.status(request)
            world.clock.advance(2)
            return world.status(request) == 200 && world.effects() == 1
        },
        Story("replay/last-moment", ["no-dedupe", "forgets-after-a-second", "forgets-at-half-time"]) { world in
            let request = world.request(ahead: 295)
            _ = world.status(request)
            world.clock.advance(590)
            return world.status(request) == 200 && world.effects() == 1
        },
        Story("replay/answered-2xx", ["duplicate-conflicts", "duplicate-crashes"]) { world in
            world.deliver() == 200 && world.deliver() == 200
        },
        Story("replay/no-fresh-capability", ["replay-mints-id"]) { world in
            let request = world.request()
            return world.send(request) == world.send(request)
        },
        Story("replay/new-delivery-id", ["delivery-header-remembered"]) { world in
            var request = world.request()
            for number in 0..<2 {
                request.headers.set("X-Request-Id", Array("r\(number)".utf8))
                _ = world.status(request)
            }
            return world.effects() == 1
        },
        Story("replay/missing-id", ["missing-id-not-remembered"]) { world in
            let request = world.request { $0.payload = $0.payload.replacing(pointer: "/event_id", with: nil) }
            _ = [world.status(request), world.status(request)]
            return world.effects() < 2
        },
        Story("replay/missing-id, where the body may be anything", at: "stripe", ["missing-id-not-remembered"]) {
            world in
            let request = world.request { $0.payload = $0.payload.replacing(pointer: "/id", with: nil) }
            _ = [world.status(request), world.status(request)]
            return world.effects() == 1
        },
        Story("replay/missing-id-distinct", at: "stripe", ["missing-id-made-of-time"]) { world in
            for number in 0..<3 {
                _ = world.status(
                    world.request(text: "\(number)") { $0.payload = $0.payload.replacing(pointer: "/id", with: nil) })
            }
            return world.effects() == 3
        },
        Story("replay/forged-first", ["remembered-before-verification"]) { world in
            world.deliver(secret: world.secondSecret) == 401 && world.deliver() == 200 && world.effects() == 1
        },
        Story("replay/same-id-other-body", ["id-and-body-remembered"]) { world in
            _ = [world.deliver(text: "one"), world.deliver(text: "two")]
            return world.effects() == 1
        },
        Story("replay/resigned", ["id-and-timestamp-remembered", "signature-header-remembered"]) { world in
            _ = world.deliver()
            world.clock.advance(1)
            return world.deliver() == 200 && world.effects() == 1
        },
        Story("replay/malleable-upper-case", ["signature-header-remembered"]) { world in
            _ = world.deliver()
            let request = world.request { draft in
                draft.onceSigned { $0.signature = $0.signature.map(ASCII.uppercased) }
            }
            return world.status(request) == 200 && world.effects() == 1
        },
        Story("replay/two-bridges", ["memory-shared-by-bridges"]) { world in
            _ = [world.deliver(), world.deliver(secret: world.secondSecret, path: world.secondPath)]
            return world.effects() == 2 && world.effects(at: world.secondPath) == 1
        },
        Story("replay/after-many-events", ["no-dedupe", "memory-of-256"]) { world in
            for number in 0...256 { _ = world.deliver("evt_\(number)") }
            return world.deliver("evt_0") == 200 && world.effects() == 257
        },
        Story("replay/after-many-events, the last of them", ["no-dedupe", "full-memory-ignored"]) { world in
            for number in 0...256 { _ = world.deliver("evt_\(number)") }
            return world.deliver("evt_256") == 200 && world.effects() == 257
        },
        Story("replay/retry-after-refusal", ["refused-body-remembered"]) { world in
            let refused = world.request { $0.payload = $0.payload.replacing(pointer: "/content", with: nil) }
            return world.status(refused) == 400 && world.deliver() == 200 && world.effects() == 1
        },
        Story("replay/same-body-new-id", ["body-remembered", "sender-remembered"]) { world in
            _ = [world.deliver("one"), world.deliver("two")]
            return world.effects() == 2
        },
        Story("replay/one-field-differs", ["sender-remembered"]) { world in
            _ = [world.deliver("one", text: "one"), world.deliver("two", text: "two")]
            return world.effects() == 2
        },
        Story("replay/ids-composed", ["ids-by-canonical-equivalence"]) { world in
            _ = [world.deliver("\u{e9}"), world.deliver("e\u{301}")]
            return world.effects() == 2
        },
        Story("replay/ids-case", ["ids-lower-cased"]) { world in
            _ = [world.deliver("abc"), world.deliver("ABC")]
            return world.effects() == 2
        },
        Story("replay/ids-space", ["ids-trimmed"]) { world in
            _ = [world.deliver("abc"), world.deliver("abc ")]
            return world.effects() == 2
        },
        Story("replay/refused-without-effect", ["effect-before-verification"]) { world in
            world.deliver(secret: world.secondSecret) == 401 && world.effects() == 0
        },
    ]
}

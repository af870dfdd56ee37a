import Bytes
import Catalogue
import ReportModel
import Schemes
import Transport

extension StatefulCheck {
    static let replay = [
        StatefulCheck("replay/identical", ["no-dedupe"]) { fixture in
            _ = [fixture.deliver(), fixture.deliver()]
            return fixture.effects() == 1
        },
        StatefulCheck("replay/remembered", ["no-dedupe", "forgets-after-a-second"]) { fixture in
            let request = fixture.request()
            _ = fixture.status(request)
            fixture.clock.advance(2)
            return fixture.status(request) == 200 && fixture.effects() == 1
        },
        StatefulCheck("replay/last-moment", ["no-dedupe", "forgets-after-a-second", "forgets-at-half-time"]) {
            fixture in
            let request = fixture.request(ahead: 295)
            _ = fixture.status(request)
            fixture.clock.advance(590)
            return fixture.status(request) == 200 && fixture.effects() == 1
        },
        StatefulCheck("replay/answered-2xx", ["duplicate-conflicts", "duplicate-crashes"]) { fixture in
            fixture.deliver() == 200 && fixture.deliver() == 200
        },
        StatefulCheck("replay/no-fresh-capability", ["replay-mints-id"]) { fixture in
            let request = fixture.request()
            return fixture.send(request) == fixture.send(request)
        },
        StatefulCheck("replay/new-delivery-id", ["delivery-header-remembered"]) { fixture in
            var request = fixture.request()
            for number in 0..<2 {
                request.headers.set("X-Request-Id", Array("r\(number)".utf8))
                _ = fixture.status(request)
            }
            return fixture.effects() == 1
        },
        StatefulCheck("replay/missing-id", ["missing-id-not-remembered"]) { fixture in
            let request = fixture.request { $0.payload = $0.payload.replacing(pointer: "/event_id", with: nil) }
            _ = [fixture.status(request), fixture.status(request)]
            return fixture.effects() < 2
        },
        StatefulCheck("replay/missing-id, where the body may be anything", at: "stripe", ["missing-id-not-remembered"])
        {
            fixture in
            let request = fixture.request { $0.payload = $0.payload.replacing(pointer: "/id", with: nil) }
            _ = [fixture.status(request), fixture.status(request)]
            return fixture.effects() == 1
        },
        StatefulCheck("replay/missing-id-distinct", at: "stripe", ["missing-id-made-of-time"]) { fixture in
            for number in 0..<3 {
                _ = fixture.status(
                    fixture.request(text: "\(number)") { $0.payload = $0.payload.replacing(pointer: "/id", with: nil) })
            }
            return fixture.effects() == 3
        },
        StatefulCheck("replay/forged-first", ["remembered-before-verification"]) { fixture in
            fixture.deliver(secret: fixture.secondSecret) == 401 && fixture.deliver() == 200 && fixture.effects() == 1
        },
        StatefulCheck("replay/same-id-other-body", ["id-and-body-remembered"]) { fixture in
            _ = [fixture.deliver(text: "one"), fixture.deliver(text: "two")]
            return fixture.effects() == 1
        },
        StatefulCheck("replay/resigned", ["id-and-timestamp-remembered", "signature-header-remembered"]) { fixture in
            _ = fixture.deliver()
            fixture.clock.advance(1)
            return fixture.deliver() == 200 && fixture.effects() == 1
        },
        StatefulCheck("replay/malleable-upper-case", ["signature-header-remembered"]) { fixture in
            _ = fixture.deliver()
            let request = fixture.request { draft in
                draft.onceSigned { $0.signature = $0.signature.map(ASCII.uppercased) }
            }
            return fixture.status(request) == 200 && fixture.effects() == 1
        },
        StatefulCheck("replay/two-bridges", ["memory-shared-by-bridges"]) { fixture in
            _ = [fixture.deliver(), fixture.deliver(secret: fixture.secondSecret, path: fixture.secondPath)]
            return fixture.effects() == 2 && fixture.effects(at: fixture.secondPath) == 1
        },
        StatefulCheck("replay/after-many-events", ["no-dedupe", "memory-of-256"]) { fixture in
            for number in 0...256 { _ = fixture.deliver("evt_\(number)") }
            return fixture.deliver("evt_0") == 200 && fixture.effects() == 257
        },
        StatefulCheck("replay/after-many-events, the last of them", ["no-dedupe", "full-memory-ignored"]) { fixture in
            for number in 0...256 { _ = fixture.deliver("evt_\(number)") }
            return fixture.deliver("evt_256") == 200 && fixture.effects() == 257
        },
        StatefulCheck("replay/retry-after-refusal", ["refused-body-remembered"]) { fixture in
            let refused = fixture.request { $0.payload = $0.payload.replacing(pointer: "/content", with: nil) }
            return fixture.status(refused) == 400 && fixture.deliver() == 200 && fixture.effects() == 1
        },
        StatefulCheck("replay/same-body-new-id", ["body-remembered", "sender-remembered"]) { fixture in
            _ = [fixture.deliver("one"), fixture.deliver("two")]
            return fixture.effects() == 2
        },
        StatefulCheck("replay/one-field-differs", ["sender-remembered"]) { fixture in
            _ = [fixture.deliver("one", text: "one"), fixture.deliver("two", text: "two")]
            return fixture.effects() == 2
        },
        StatefulCheck("replay/ids-composed", ["ids-by-canonical-equivalence"]) { fixture in
            _ = [fixture.deliver("\u{e9}"), fixture.deliver("e\u{301}")]
            return fixture.effects() == 2
        },
        StatefulCheck("replay/ids-case", ["ids-lower-cased"]) { fixture in
            _ = [fixture.deliver("abc"), fixture.deliver("ABC")]
            return fixture.effects() == 2
        },
        StatefulCheck("replay/ids-space", ["ids-trimmed"]) { fixture in
            _ = [fixture.deliver("abc"), fixture.deliver("abc ")]
            return fixture.effects() == 2
        },
        StatefulCheck("replay/refused-without-effect", ["effect-before-verification"]) { fixture in
            fixture.deliver(secret: fixture.secondSecret) == 401 && fixture.effects() == 0
        },
    ]
}

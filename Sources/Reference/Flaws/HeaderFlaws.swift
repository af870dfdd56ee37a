internal import Bytes
internal import Catalogue
internal import Schemes
internal import Transport

/// Repeated headers, fields and elements.
enum HeaderFlaws {
    static let all: [Flaw] = [
        Flaw(
            "last-timestamp-is-fresh", covers: ["G01"], needs: [.timestampField],
            caughtBy: ["header/timestamp-old-then-now"],
            "Given two timestamps, it verifies the first but checks the age of the last.",
            explanation:
                "Your endpoint verifies one timestamp and checks the age of another, so an attacker can replay an old "
                + "request by adding a new timestamp."
        ) { $0.changeTimestamps(signed: \.first, fresh: \.last) },
        Flaw(
            "first-timestamp-is-fresh", covers: ["G01"], needs: [.timestampField],
            caughtBy: ["header/timestamp-now-then-old"],
            "Given two timestamps, it verifies the last but checks the age of the first.",
            explanation:
                "Your endpoint checks the age of one timestamp and verifies another, so an attacker can replay an old "
                + "request by prepending a new timestamp."
        ) { $0.changeTimestamps(signed: \.last, fresh: \.first) },
        Flaw(
            "only-first-signature", covers: ["G02"], needs: [.severalSignatures],
            caughtBy: ["header/*"],
            "It checks only the first of several signatures.",
            explanation:
                "Your endpoint checks only the first signature, so it rejects valid deliveries while a secret is being "
                + "rotated."
        ) { behaviour in
            let read = behaviour.steps.readSignature
            behaviour.steps.readSignature = { header, scheme in
                var result = read(header, scheme)
                if let first = result?.candidates.first { result?.candidates = [first] }
                return result
            }
        },
        Flaw(
            "only-last-signature", covers: ["G02"], needs: [.severalSignatures],
            caughtBy: ["header/*"],
            "It checks only the last of several signatures.",
            explanation:
                "Your endpoint checks only the last signature, so it rejects valid deliveries while a secret is being "
                + "rotated."
        ) { behaviour in
            let read = behaviour.steps.readSignature
            behaviour.steps.readSignature = { header, scheme in
                var result = read(header, scheme)
                if let last = result?.candidates.last { result?.candidates = [last] }
                return result
            }
        },
        Flaw(
            "positional-fields", covers: ["G03"], needs: [.timestampField], caughtBy: ["header/*"],
            "It reads the signature header by position: timestamp first, then signature.",
            explanation:
                "Your endpoint relies on the order of the elements in the signature header, so it rejects a valid "
                + "header that orders them differently."
        ) { behaviour in
            let read = behaviour.steps.readSignature
            behaviour.steps.readSignature = { header, scheme in
                let keys = SignatureHeader.looseElements(header, scheme).map(\.key)
                guard case .field(let field) = scheme.timestamp, keys.count > 1, keys[0].elementsEqual(field.utf8),
                    keys[1] == SignatureHeader.signatureKey(scheme)
                else { return nil }
                return read(header, scheme)
            }
        },
        Flaw(
            "malformed-header-crashes", covers: ["G04", "J09"], needs: [.severalSignatures], caughtBy: ["header/*"],
            "It throws on an element of the signature header that has no value.",
            explanation:
                "Your endpoint splits each element into a key and a value, and throws when an element has only one "
                + "part."
        ) { behaviour in
            behaviour.crash(.traceback("ValueError: not enough values to unpack (expected 2, got 1)", line: 15)) {
                received in
                guard let header = received.signatureHeader else { return false }
                let isList = if case .list = received.scheme.signature.grammar { true } else { false }
                return ASCII.split(header, separator: isList ? 0x20 : UInt8(ascii: ",")).contains {
                    !$0.contains(UInt8(ascii: isList ? "," : "="))
                }
            }
        },
        Flaw(
            "long-list-crashes", covers: ["G04", "G05"], needs: [.severalSignatures],
            caughtBy: ["header/eight-kilobytes-of-entries", "header/long-list-and-long-body"],
            "It throws on a signature header with very many elements.",
            explanation:
                "Your endpoint parses the signature header recursively, so a header with enough elements overflows the "
                + "stack."
        ) { behaviour in
            behaviour.crash(.trace("RangeError: Maximum call stack size exceeded", "parse (/app/src/header.js:7:15)")) {
                $0.signatures.count > 100
            }
        },
        Flaw(
            "first-line-taken", covers: ["G06"], caughtBy: ["header/*"],
            "It uses the first line of a repeated header.",
            explanation:
                "Your endpoint uses the first of two header lines, while a gateway in front of it may use the last, so "
                + "the two can be made to disagree."
        ) { $0.steps.onlyLine = \.first },
        Flaw(
            "last-line-taken", covers: ["G06"], caughtBy: ["header/*"],
            "It uses the last line of a repeated header.",
            explanation:
                "Your endpoint uses the last of two header lines, while a gateway in front of it may use the first, so "
                + "the two can be made to disagree."
        ) { $0.steps.onlyLine = \.last },
        Flaw(
            "lines-joined", covers: ["G06"], needs: [.severalSignatures],
            caughtBy: ["header/two-signature-lines-bad-first", "header/two-signature-lines-good-first"],
            "It joins repeated signature headers and tries every signature in them.",
            explanation:
                "Your endpoint reads two signature headers as one list, so an attacker can hide a wrong signature "
                + "beside a correct one."
        ) { behaviour in
            let separator = if case .list = behaviour.scheme.signature.grammar { " " } else { "," }
            behaviour.steps.onlyLine = { lines in lines.isEmpty ? nil : Array(lines.joined(separator: separator.utf8)) }
            behaviour.alsoReadSignatures { header, scheme in
                guard let timestamp = SignatureHeader.timestamps(header, scheme).first else { return nil }
                let key = SignatureHeader.signatureKey(scheme)
                let signatures = SignatureHeader.looseElements(header, scheme).filter { $0.key == key }.map(\.value)
                return SignatureReading(candidates: signatures, timestamp: timestamp)
            }
        },
        Flaw(
            "repeated-header-crashes", covers: ["G06", "J09"],
            caughtBy: [
                "header/signature-line-twice", "header/two-signature-lines-bad-first",
                "header/two-signature-lines-good-first",
            ],
            "It throws when the signature header is repeated.",
            explanation:
                "Your endpoint's framework returns a list for a repeated header, but the code expects a string and "
                + "throws."
        ) { behaviour in
            behaviour.crash(
                .trace("TypeError: signature.replace is not a function", "verify (/app/src/hook.js:12:33)")
            ) {
                $0.request.headers.values(named: $0.scheme.signature.header).count > 1
            }
        },
        Flaw(
            "case-sensitive-names", covers: ["G07"],
            caughtBy: ["control/header-names-lower-case", "control/header-names-upper-case"],
            "It finds headers only when their names have exactly the documented case.",
            explanation:
                "Your endpoint looks up header names case-sensitively, so valid requests fail once a gateway changes "
                + "the case."
        ) { behaviour in
            behaviour.steps.lines = { headers, name in
                headers.fields.filter { $0.name.elementsEqual(name.utf8) }.map(\.value)
            }
        },
        Flaw(
            "underscore-names", covers: ["G08"],
            caughtBy: ["header/name-underscores", "header/wrong-beside-underscores"],
            "It treats an underscore in a header name as a hyphen.",
            explanation:
                "Your endpoint maps hyphens in header names to underscores, so X_Signature passes as X-Signature and "
                + "slips past a gateway's checks."
        ) { behaviour in
            behaviour.changeRequest { request in
                for field in request.headers.fields where field.name.contains(UInt8(ascii: "_")) {
                    let name = field.name.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }
                    request.headers.set(String(decoding: name, as: UTF8.self), field.value)
                }
            }
        },
    ]
}

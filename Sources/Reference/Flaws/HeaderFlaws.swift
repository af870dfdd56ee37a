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
            "Of two timestamps it verifies the first, and takes the age from the last.",
            explanation: "Your endpoint lets one timestamp stand for the signature and another for the age."
        ) { $0.changeTimestamps(signed: \.first, fresh: \.last) },
        Flaw(
            "first-timestamp-is-fresh", covers: ["G01"], needs: [.timestampField],
            caughtBy: ["header/timestamp-now-then-old"],
            "Of two timestamps it verifies the last, and takes the age from the first.",
            explanation: "Your endpoint lets one timestamp stand for the age and another for the signature."
        ) { $0.changeTimestamps(signed: \.last, fresh: \.first) },
        Flaw(
            "only-first-signature", covers: ["G02"], needs: [.severalSignatures],
            caughtBy: ["header/*"],
            "It checks only the first of several signatures.",
            explanation:
                "Your endpoint looks at the first signature only, and so refuses deliveries while a secret is replaced."
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
                "Your endpoint keeps the last signature only, and so refuses deliveries while a secret is replaced."
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
            "It reads the signature header by position: first the timestamp, then the signature.",
            explanation: "Your endpoint relies on the order of the elements in the signature header."
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
            "It fails with an exception on an element of the signature header without a value.",
            explanation: "Your endpoint splits each element in two, and throws where there is only one half."
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
            "It fails with an exception on a signature header with very many elements.",
            explanation:
                "Your endpoint reads the signature header with a function that calls itself, and runs out of stack."
        ) { behaviour in
            behaviour.crash(.trace("RangeError: Maximum call stack size exceeded", "parse (/app/src/header.js:7:15)")) {
                $0.signatures.count > 100
            }
        },
        Flaw(
            "first-line-taken", covers: ["G06"], caughtBy: ["header/*"],
            "Of a header that stands there twice it takes the first line.",
            explanation:
                "Your endpoint takes the first of two header lines, while a gateway before it may take the last."
        ) { $0.steps.onlyLine = \.first },
        Flaw(
            "last-line-taken", covers: ["G06"], caughtBy: ["header/*"],
            "Of a header that stands there twice it takes the last line.",
            explanation:
                "Your endpoint takes the last of two header lines, while a gateway before it may take the first."
        ) { $0.steps.onlyLine = \.last },
        Flaw(
            "lines-joined", covers: ["G06"], needs: [.severalSignatures],
            caughtBy: ["header/two-signature-lines-bad-first", "header/two-signature-lines-good-first"],
            "It joins header lines that stand there twice, and tries every signature in them.",
            explanation:
                "Your endpoint reads two signature headers as one list, so that a good one may hide among others."
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
            "It fails with an exception when the signature header stands there twice.",
            explanation: "Your endpoint's framework gives a list for a repeated header, and the code expects a text."
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
            "It finds headers only when their names are written as the document writes them.",
            explanation: "Your endpoint looks headers up by the exact case of their names, which gateways change."
        ) { behaviour in
            behaviour.steps.lines = { headers, name in
                headers.fields.filter { $0.name.elementsEqual(name.utf8) }.map(\.value)
            }
        },
        Flaw(
            "underscore-names", covers: ["G08"],
            caughtBy: ["header/name-underscores", "header/wrong-beside-underscores"],
            "It takes an underscore in a header's name for a hyphen.",
            explanation:
                "Your endpoint's gateway interface turns hyphens into underscores, so that X_Signature passes for X-Signature."
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

internal import Catalogue
internal import Cryptography
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let sha1Fallback = Flaw(
        "sha1-fallback", covers: ["C01"], needs: [.hmac, .prefix],
        caughtBy: ["algorithm/sha1-in-legacy-header", "algorithm/sha1-label"],
        "It falls back to the old header with SHA-1.",
        explanation: "Your endpoint still honours X-Hub-Signature with SHA-1 when the newer header is missing."
    ) { behaviour in
        let name = behaviour.scheme.signature.header
        let prefix = Array("sha1=".utf8)
        behaviour.sees { request in
            guard request.headers.first(named: name) == nil,
                let old = request.headers.first(named: "X-Hub-Signature"), old.starts(with: prefix)
            else { return }
            request.headers.append(name, old)
        }
        behaviour.alsoReads { header, _ in
            guard header.starts(with: prefix) else { return nil }
            return VerificationSteps.ReadSignature(candidates: [Array(header.dropFirst(prefix.count))])
        }
        behaviour.alsoAccepts { values, key, scheme in
            let old = values.request.headers.first(named: name)?.starts(with: prefix) == true
            return old ? [HMAC.code(.sha1, key: key, message: values.message(scheme.signature.message))] : []
        }
    }
}

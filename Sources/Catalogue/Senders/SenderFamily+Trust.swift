internal import ReportModel
internal import Schemes
internal import Transport

// Whom a sender trusts: the receiver by its certificate, and which secret is the right one.
extension SenderFamily {
    /// What a sender does in a handshake that must fail.
    static let encryption: [Case] = [
        fault(
            .selfSigned, .high, cwe: [295], "A delivery does not go to a receiver whose certificate signs itself.",
            fix: "Leave the verification of certificates on. A private authority belongs in the list of trusted ones.",
            what: "a certificate that signs itself"),
        fault(
            .expired, .medium, cwe: [298], "A delivery does not go to a receiver whose certificate has expired.",
            fix: "Leave the verification of certificates on, their dates included.", what: "an expired certificate"),
        fault(
            .wrongName, .high, cwe: [297],
            "A delivery does not go to a receiver whose certificate is for another host.",
            fix: "Verify that the certificate is for the host of the URL.", what: "a certificate for another host"),
        fault(
            .oldVersions, .medium, cwe: [327],
            "A delivery does not go to a receiver that offers nothing after TLS 1.1.",
            fix: "Set TLS 1.2 as the oldest version.", what: "TLS 1.1 or older"),
        .sender(
            "sender/tls-no-fallback", .must, .tls, .high, covers: ["S17"], cwe: [319], needs: [.given(.authority)],
            "A delivery that can't be sent over TLS is not sent without it.",
            why: "Anyone on the path can make the handshake fail, and then reads every delivery.",
            fix: "Take a failed handshake as a failed attempt. Never change the scheme of the URL.",
            watch: { _ in handshakes }, setting: .tls(.unknownAuthority)
        ) { seen in
            guard !seen.handshakes.contains(.plainHTTP) else {
                throw Finding(.leak, "after the handshake had failed, the sender spoke HTTP without TLS")
            }
            guard seen.deliveries[0].isEmpty else {
                throw Finding(.leak, "the delivery was sent to a receiver with a certificate of an unknown authority")
            }
        },
    ]

    private static func fault(
        _ offer: TLSOffer, _ severity: Severity, cwe: [Int], _ title: String, fix: String, what: String
    ) -> Case {
        .sender(
            "sender/tls-\(offer.rawValue)", .must, .tls, severity, covers: ["S17"], cwe: cwe,
            needs: [.given(.authority)], title,
            why: "Anyone on the path can pose as the receiver, read the delivery and send it on.", fix: fix,
            watch: { _ in handshakes }, setting: .tls(offer)
        ) { seen in
            guard seen.deliveries[0].isEmpty else {
                throw Finding(.leak, "the delivery was sent to a receiver with \(what)")
            }
        }
    }

    /// Long enough for whatever follows a failed handshake at once.
    private static let handshakes = SenderProcedure.Watch(thenQuietFor: 3)

    /// Addresses that nobody may register.
    static let destinations: [Case] = InternalAddress.all.map { address in
        .sender(
            "sender/internal-\(address.name)", .should, .destination, .high, covers: ["S09"], cwe: [918],
            needs: [.given(.internalAddresses)],
            "A delivery does not go to \(address.host), which is the sender's own machine.",
            why:
                "Who may register a URL makes the sender call services that only its own machine and network can reach.",
            fix:
                "Resolve the host, and reject addresses that are not public, when you connect and not only when the URL is "
                + "registered. Compare addresses, not texts.",
            setting: .internalAddress(address)
        ) { seen in
            guard seen.deliveries[0].isEmpty else {
                throw Finding(.leak, "the delivery was sent to \(address.host)")
            }
        }
    }

    /// Which secret signs for which receiver.
    static let registrations: [Case] = [
        .sender(
            "sender/secret-per-registration", .should, .tenancy, .high, covers: ["S15"], cwe: [639],
            needs: [.hmac, .given(.secondRegistration)],
            "Each registered receiver has a secret of its own, which alone signs its deliveries.",
            why: "With one secret for all, every receiver can forge deliveries to the others.",
            fix: "Draw a secret when a receiver is registered, and look it up by the receiver that you send to.",
            setting: .secondRegistration
        ) { seen in
            guard !seen.isSignedWithOtherSecret(seen.first) else {
                throw Finding(
                    .forgery,
                    "the delivery for the second registration is signed with the secret of the first, so that each of the "
                        + "two can forge what the other gets")
            }
            try seen.expectSigned(seen.first, "the delivery for the second registration")
        }
    ]

    /// Which secret signs once it was replaced.
    static let rotation: [Case] = [
        .sender(
            "sender/rotation-within-grace", .must, .rotation, .high, covers: ["S13"], cwe: [324],
            needs: [.grace, .given(.rotation)],
            "Right after the secret was replaced, a delivery verifies under the old or the new one.",
            why: "A receiver that knows both rejects everything that is signed with neither.",
            fix: "Read the new secret as you read the old one, and sign with it from then on.", setting: .withinGrace
        ) { try $0.expectSigned($0.first, "a delivery right after the rotation") },
        .sender(
            "sender/rotation-after-grace", .must, .rotation, .high, covers: ["S13"], cwe: [324, 672],
            needs: [.grace, .given(.rotation)],
            "Once the grace is over, a delivery is signed with the new secret alone.",
            why: "Receivers drop the old secret when the grace ends, and reject what is signed with it.",
            fix: "Read the secret when you sign, not when the process starts.", setting: .afterGrace
        ) { seen in
            switch seen.verdict(on: seen.first) {
            case .rejected: try seen.expectSigned(seen.first, "a delivery after the grace")
            case .accepted(secret: 0):
                guard !seen.isSignedWithOtherSecret(seen.first) else {
                    throw Finding(.contract, "after the grace the delivery is signed with the old secret as well")
                }
            case .accepted:
                throw Finding(.refusal, "after the grace the delivery is still signed with the old secret")
            }
        },
    ]
}

internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let edwardsSampleKeyAccepted = Flaw(
        "ed25519-sample-key-accepted", covers: ["A07"], needs: [.ed25519], caughtBy: ["edwards/published-key"],
        "It verifies with the key of an example, which stands in for one that was not set.",
        explanation: "Your endpoint falls back to the first key of RFC 8032, whose private half is printed there."
    ) { behaviour in
        let seed = Hex.decode(Array("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60".utf8)) ?? []
        behaviour.alsoTries { _ in [seed] }
    }
}

internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tokenKeyAddressTrusted = Flaw(
        "token-key-address-trusted", covers: ["C09"], needs: [.token],
        caughtBy: ["token/other-key-by-address", "token/other-key-by-certificate-address"],
        "It fetches the key from the address that a token names in jku or x5u.",
        explanation: "Your endpoint fetches keys from jku or x5u in the header of the token: the sender has "
            + "his own there."
    ) { behaviour in
        behaviour.alsoBelieves { token, _, _ in
            // What stands at the address is the sender's, and so fits what he signed.
            token.header["jku"] != nil || token.header["x5u"] != nil
        }
    }
}

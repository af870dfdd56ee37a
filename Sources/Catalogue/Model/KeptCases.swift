internal import ReportModel

/// Cases of larger tables that catch no flaw of the reference endpoint, each with the reason to keep it.
///
/// The kill matrix fails for a case that catches nothing and has no reason here or in its recipe.
enum KeptCases {
    private static let rejectedEarlier = Keeping.regression(
        "our own server rejects these bytes before any endpoint sees them")
    private static let smuggling = Keeping.regression("servers and proxies disagree about it; ours reads it one way")

    private static let rewriting = Keeping.regression(
        "frameworks that run after a proxy take the path from it; ours "
            + "does not")

    static let reasons: [String: Keeping] = [
        "transport/signed-with-x-original-url": rewriting,
        "transport/signed-with-x-rewrite-url": rewriting,
        "header/name-nul": rejectedEarlier,
        "header/name-space-before-colon": rejectedEarlier,
        "signature/trailing-nul": rejectedEarlier,
        "transport/two-lengths-decided": smuggling,
        "transport/chunk-extensions-decided": smuggling,
        "transport/unsigned-parent-segment": .regression("gateways resolve such paths before an endpoint sees them"),
        "body/identity-coding-decided": .interop("some clients name the identity coding"),
        "body/content-type-json-latin-1-decided": .interop("some senders name a charset that JSON does not have"),
        "body/number-long-fraction-accepted": .interop("re-serialisers with low precision reject it"),
        "body/members-reversed-accepted": .interop(
            "re-serialisers that sort keys reject it; ours reject the plain control too"),
        "control/text-newlines": .interop("handlers that normalise newlines inside texts reject it"),
        "header/good-twice": .interop("senders repeat a signature while they rotate to the same secret"),
        "replay/malleable-trailing-junk": .regression(
            "decoders that stop at the first invalid character accept it; ours is tested with one flaw at a time"),
        "algorithm/hmac-sha256": .regression("user-defined schemes with another digest see it as a downgrade"),
    ]
}

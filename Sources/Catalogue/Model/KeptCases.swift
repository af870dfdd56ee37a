internal import ReportModel

/// Cases of larger tables that catch no flaw of the reference endpoint, each with why it stays.
///
/// The kill matrix fails for a case that catches nothing and has no reason here or in its recipe.
enum KeptCases {
    private static let behindParsers = Keeping.regression(
        "our own server refuses these bytes before any endpoint sees them")
    private static let smuggling = Keeping.regression("servers and proxies disagree about it; ours has one reading")

    private static let rewriting = Keeping.regression("frameworks behind proxies take the path from it; ours does not")

    static let reasons: [String: Keeping] = [
        "transport/signed-with-x-original-url": rewriting,
        "transport/signed-with-x-rewrite-url": rewriting,
        "header/name-nul": behindParsers,
        "header/name-blank-before-colon": behindParsers,
        "signature/trailing-nul": behindParsers,
        "transport/two-lengths-decided": smuggling,
        "transport/chunk-extensions-decided": smuggling,
        "transport/unsigned-parent-segment": .regression("gateways resolve such paths before an endpoint sees them"),
        "body/identity-coding-decided": .interop("some clients name the identity coding"),
        "body/content-type-json-latin-1-decided": .interop("some senders name a charset that JSON does not have"),
        "body/number-long-fraction-accepted": .interop("re-serialisers with short precision refuse it"),
        "body/members-reversed-accepted": .interop(
            "re-serialisers that sort refuse it; ours refuse the plain control too"),
        "control/text-newlines": .interop("handlers that normalise line ends inside texts refuse it"),
        "header/good-twice": .interop("senders repeat a signature while they rotate to the same secret"),
        "replay/malleable-trailing-junk": .regression(
            "decoders that stop at the first odd letter take it; ours is asked with one flaw at a time"),
        "algorithm/hmac-sha256": .regression("schemes of users with another digest see downgrades to it"),
    ]
}

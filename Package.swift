// swift-tools-version: 6.1
import PackageDescription

// Imports run one way, downwards in this list; nothing imports the command line.
let package = Package(
    name: "countersign",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "countersign", targets: ["countersign"])],
    targets: [
        .executableTarget(name: "countersign", dependencies: ["Commands"]),
        .target(
            name: "Commands",
            dependencies: [
                "Arguments", "Reporting", "Harness", "Endpoint", "Catalogue", "Schemes", "Transport", "Cryptography",
                "Bytes",
            ]),
        .target(name: "Arguments", dependencies: ["Bytes"]),
        .target(name: "Reporting", dependencies: ["Harness", "Endpoint", "Catalogue", "Schemes", "Bytes"]),
        .target(
            name: "Harness",
            dependencies: ["Endpoint", "Catalogue", "Schemes", "Transport", "Cryptography", "Bytes"]),
        .target(
            name: "Endpoint", dependencies: ["Catalogue", "Schemes", "Transport", "Cryptography", "Bytes"]),
        .target(name: "Catalogue", dependencies: ["Schemes", "Transport", "Cryptography", "Bytes"]),
        .target(
            name: "Schemes",
            dependencies: ["Transport", "Cryptography", "Bytes"],
            resources: [.embedInCode("Definitions"), .embedInCode("PublishedKeys")]),
        .target(name: "Transport", dependencies: ["COpenSSL", "Bytes"]),
        .target(name: "Cryptography", dependencies: ["COpenSSL", "Bytes"]),
        .target(name: "Bytes"),
        .systemLibrary(
            name: "COpenSSL",
            pkgConfig: "openssl",
            providers: [.apt(["libssl-dev"]), .yum(["openssl-devel"]), .brew(["openssl@3"])]),

        .testTarget(name: "BytesTests", dependencies: ["Bytes"]),
        .testTarget(name: "CryptographyTests", dependencies: ["Cryptography", "Bytes"]),
        .testTarget(name: "TransportTests", dependencies: ["Transport", "Bytes"]),
        .testTarget(
            name: "SchemesTests", dependencies: ["Schemes", "Transport", "Cryptography", "Bytes"],
            exclude: ["Serialisers/make-truth.py", "Serialisers/truth.json"]),
        .testTarget(
            name: "CatalogueTests", dependencies: ["Catalogue", "Schemes", "Transport", "Cryptography", "Bytes"],
            exclude: ["recompute.py", "validate.py", "official.py"]),
        .testTarget(
            name: "EndpointTests", dependencies: ["Endpoint", "Catalogue", "Schemes", "Transport", "Bytes"]),
        .testTarget(
            name: "HarnessTests",
            dependencies: ["Harness", "Endpoint", "Catalogue", "Schemes", "Transport", "Bytes"]),
        .testTarget(
            name: "ReportingTests",
            dependencies: ["Reporting", "Harness", "Endpoint", "Catalogue", "Schemes", "Bytes"],
            exclude: ["Snapshots", "page.py"]),
        .testTarget(name: "ArgumentsTests", dependencies: ["Arguments", "Bytes"]),
        .testTarget(
            name: "CommandLineTests", dependencies: ["countersign", "Bytes"], exclude: ["Peers", "Snapshots"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}

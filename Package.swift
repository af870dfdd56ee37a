// swift-tools-version: 6.1
import PackageDescription

// Imports run one way, downwards in this list; nothing imports the command line.
let package = Package(
    name: "countersign",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "countersign", targets: ["countersign"])],
    targets: [
        .executableTarget(name: "countersign", dependencies: ["CommandLine", "Platform"]),
        .executableTarget(name: "Benchmarks", dependencies: ["Schemes", "Transport", "Platform", "Bytes"]),
        .target(
            name: "CommandLine",
            dependencies: [
                "Arguments", "Certificates", "Selftest", "Reporting", "Harness", "Diagnosis", "Subjects", "Reference",
                "Catalogue", "ReportModel", "Timing", "Schemes", "Transport", "Cryptography", "Platform", "Bytes",
            ]),
        .target(name: "Arguments", dependencies: ["Bytes"]),
        .target(
            name: "Certificates", dependencies: ["Reporting", "ReportModel", "Cryptography", "Bytes"]),
        .target(
            name: "Selftest",
            dependencies: [
                "Diagnosis", "Reporting", "Harness", "Subjects", "Reference", "Catalogue", "ReportModel", "Timing",
                "Schemes", "Transport", "Cryptography", "Platform", "Bytes",
            ]),
        .target(
            name: "Reporting",
            dependencies: ["ReportModel", "Timing", "Schemes", "Platform", "Bytes", "Cryptography"]),
        .target(
            name: "Harness",
            dependencies: [
                "Diagnosis", "Subjects", "Catalogue", "ReportModel", "Timing", "Schemes", "Transport", "Cryptography",
                "Platform",
                "Bytes",
            ]),
        .target(
            name: "Diagnosis",
            dependencies: ["ReportModel", "Schemes", "Transport", "Cryptography", "Bytes"],
            resources: [.embedInCode("Causes/causes.txt")]),
        .target(
            name: "Subjects",
            dependencies: [
                "Catalogue", "ReportModel", "Timing", "Schemes", "Transport", "Cryptography", "Platform", "Bytes",
            ]),
        .target(
            name: "Reference",
            dependencies: ["Catalogue", "ReportModel", "Schemes", "Transport", "Cryptography", "Platform", "Bytes"]),
        .target(
            name: "Catalogue", dependencies: ["ReportModel", "Timing", "Schemes", "Transport", "Cryptography", "Bytes"]),
        .target(name: "ReportModel", dependencies: ["Timing", "Schemes", "Bytes"]),
        .target(
            name: "Schemes",
            dependencies: ["Transport", "Cryptography", "Bytes"],
            resources: [.embedInCode("Definitions"), .embedInCode("PublishedKeys")]),
        .target(name: "Transport", dependencies: ["COpenSSL", "Platform", "Bytes"]),
        .target(name: "Cryptography", dependencies: ["COpenSSL", "Bytes"]),
        .target(name: "Timing", dependencies: ["Platform", "Bytes"]),
        .target(name: "Platform"),
        .target(name: "Bytes"),
        .systemLibrary(
            name: "COpenSSL",
            pkgConfig: "openssl",
            providers: [.apt(["libssl-dev"]), .yum(["openssl-devel"]), .brew(["openssl@3"])]),

        .testTarget(name: "BytesTests", dependencies: ["Bytes"]),
        .testTarget(name: "TimingTests", dependencies: ["Timing", "Platform", "Bytes"], exclude: ["reference.py"]),
        .testTarget(name: "PlatformTests", dependencies: ["Platform", "Bytes"]),
        .testTarget(name: "CryptographyTests", dependencies: ["Cryptography", "Bytes"]),
        .testTarget(name: "TransportTests", dependencies: ["Transport", "Platform", "Bytes"]),
        .testTarget(
            name: "SchemesTests", dependencies: ["Schemes", "Transport", "Cryptography", "Bytes"],
            exclude: ["own-scheme.json", "Serialisers/make-truth.py", "Serialisers/truth.json"]),
        .testTarget(
            name: "CatalogueTests",
            dependencies: ["Catalogue", "ReportModel", "Timing", "Schemes", "Transport", "Cryptography", "Bytes"],
            exclude: ["recompute.py", "validate.py", "official.py"]),
        .testTarget(
            name: "ReferenceTests",
            dependencies: [
                "Selftest", "Harness", "Subjects", "Reference", "Catalogue", "ReportModel", "Schemes", "Transport",
                "Platform", "Bytes",
            ]),
        .testTarget(
            name: "HarnessTests",
            dependencies: [
                "Harness", "Subjects", "Reference", "Catalogue", "ReportModel", "Timing", "Schemes", "Transport",
                "Platform", "Bytes",
            ]),
        .testTarget(
            name: "ReportingTests",
            dependencies: [
                "Reporting", "Harness", "Catalogue", "ReportModel", "Schemes", "Bytes",
            ],
            exclude: ["Snapshots", "Readers"]),
        .testTarget(
            name: "SelftestTests",
            dependencies: [
                "Selftest", "Diagnosis", "Reporting", "Harness", "Reference", "Catalogue", "ReportModel", "Schemes",
                "Transport", "Bytes",
            ],
            exclude: ["page.py"]),
        .testTarget(
            name: "CertificatesTests",
            dependencies: ["Certificates", "ReportModel", "Schemes", "Cryptography", "Bytes"],
            exclude: ["verify.py"]),
        .testTarget(
            name: "DiagnosisTests",
            dependencies: [
                "Diagnosis", "Reporting", "Harness", "Reference", "Subjects", "Catalogue", "ReportModel", "Schemes",
                "Transport", "Cryptography", "Platform", "Bytes",
            ],
            exclude: ["captures.json", "make-captures.py"]),
        .testTarget(name: "ArgumentsTests", dependencies: ["Arguments", "Bytes"]),
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "countersign", "Selftest", "Harness", "Catalogue", "ReportModel", "Schemes", "Platform", "Bytes",
            ],
            exclude: ["Mistakes", "Peers", "Snapshots", "complete.zsh", "examples.py"]),
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

// What is tested is optimised in release; to optimise the tests as well takes longer than it saves.
for target in package.targets where target.type == .test {
    target.swiftSettings?.append(.unsafeFlags(["-Onone"], .when(configuration: .release)))
}

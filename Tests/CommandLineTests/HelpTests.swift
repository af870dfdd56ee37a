import Foundation
import ReportModel
import Testing

/// The whole text of each command's help, as files in `Snapshots/`.
///
/// Recorded anew by `RECORD_SNAPSHOTS=1 swift test --filter HelpTests`; the difference is then read like any other.
@Suite struct HelpTests {
    static let commands: [[String]] = [
        [], ["demo"], ["run"], ["list"], ["explain"], ["sign"], ["verify"], ["diagnose"], ["schemes"],
        ["schemes", "show"],
        ["schemes", "lint"], ["vectors"], ["vectors", "generate"], ["vectors", "check"], ["vectors", "show"], ["serve"],
        ["selftest"], ["waivers"], ["waivers", "check"], ["waivers", "add"], ["waivers", "prune"], ["certify"],
        ["certificate"], ["certificate", "verify"], ["certificate", "keygen"], ["fleet"], ["replay"], ["init"],
        ["completion"], ["manual"], ["report"], ["report", "diff"], ["report", "merge"], ["timing"],
        ["timing", "self-test"], ["listen"], ["send"],
    ]

    @Test(arguments: commands) func helpIsAsRecorded(command: [String]) async throws {
        let output = try await Command.run(
            try Command.tool.path, command + ["--help"], environment: ["NO_COLOR": "1"], deadline: 30)
        #expect(output.status == 0)
        #expect(output.errors.isEmpty)
        try Snapshot.expect(output.stdout, "help-\((["countersign"] + command).joined(separator: "-")).txt")
    }

    /// A command that is added must be recorded too.
    @Test func everyCommandIsRecorded() async throws {
        let help = try await Command.countersign("--help").text
        let list = help.components(separatedBy: "SUBCOMMANDS:").last?.components(separatedBy: "EXAMPLES:").first ?? ""
        let named = list.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }.filter { $0 != "See" }
        #expect(named.count >= 11)
        #expect(Set(named) == Set(Self.commands.compactMap(\.first)))
    }

    @Test(arguments: ["--version", "-h", "help"]) func wordsOfEveryTool(word: String) async throws {
        let output = try await Command.countersign(word)
        #expect(output.status == 0)
        #expect(!output.stdout.isEmpty)
    }
}

/// Text that is compared with a file, or recorded there.
enum Snapshot {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Snapshots")

    static func expect(_ bytes: [UInt8], _ name: String) throws {
        let file = folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
            return
        }
        let recorded = try String(decoding: Data(contentsOf: file), as: UTF8.self)
        #expect(String(decoding: bytes, as: UTF8.self) == recorded, "differs from Snapshots/\(name)")
    }
}

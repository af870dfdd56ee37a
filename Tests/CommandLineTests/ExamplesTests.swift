import Bytes
import Foundation
import ReportModel
import Testing

/// The examples for CI systems and schedulers are what they seem, as a parser reads them.
@Suite struct ExamplesTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let python = root.appendingPathComponent(".peers/bin/python").path
    private static let isPeerInstalled = FileManager.default.isExecutableFile(atPath: python)
    private static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"

    @Test(.enabled(if: isPeerInstalled || isCI, "PyYAML is not installed; 'bash .ci/peers' does it"))
    func workflowsAreWhole() async throws {
        let output = try await Command.run(
            Self.python,
            [
                Self.root.appendingPathComponent("Tests/CommandLineTests/examples.py").path,
                Self.root.appendingPathComponent(".ci").path,
            ], deadline: 60)
        #expect(output.status == 0, "\(output.errors)")
        let read = try JSON.parse(output.stdout)
        #expect(read["imageBase"] == "scratch", "the image holds nothing but what is copied into it")
        #expect(read["imageSteps"] == ["CMD", "COPY", "ENTRYPOINT", "ENV", "USER", "WORKDIR"])
        #expect(read["githubParts"] == [1, 2, 3, 4])
        #expect(read["githubArguments"]?.string?.contains("--shard ${{ matrix.part }}/4 --seed 1") == true)
        #expect(read["githubNeeds"] == "part")
        let inputs = Set((read["actionInputs"]?.array ?? []).compactMap(\.string))
        #expect(inputs.isSuperset(of: (read["githubInputs"]?.array ?? []).compactMap(\.string)))
        #expect(
            Set((read["actionVariables"]?.array ?? []).compactMap(\.string))
                == Set(inputs.map { "INPUT_\($0.uppercased())" }))
        // Inputs in the text of a script would be code.
        #expect(read["actionScript"]?.string?.contains("inputs") == false)
        #expect(read["gitlabParallel"] == 4)
        #expect(read["gitlabScript"]?.string?.contains("--shard env --seed 1") == true)
        #expect(read["completionMode"] == "Indexed")
        #expect(read["completions"]?.integer.map(String.init) == read["jobCompletions"]?.string)
        #expect(read["restartPolicy"] == "Never")
        #expect(read["notRetried"] == [1, 2], "what is not conformant stays so")
        #expect(read["kubernetesArguments"]?.array?.contains("--resume") == true)
    }

    @Test(.enabled(if: isPeerInstalled || isCI, "hadolint is not installed; 'bash .ci/peers' does it"))
    func theDockerfileIsClean() async throws {
        let output = try await Command.run(
            Self.root.appendingPathComponent(".peers/bin/hadolint").path,
            [Self.root.appendingPathComponent(".ci/Dockerfile").path], deadline: 60)
        #expect(output.status == 0, "\(output.text)\(output.errors)")
    }

    /// The step of the action, run as GitHub runs it.
    @Test(arguments: [("prefix-comparison", 1), (nil, 0)] as [(String?, Int32)])
    func theActionKeepsTheExitCode(flaw: String?, status: Int32) async throws {
        let arguments = ["serve", "--scheme", "slack"] + (flaw.map { ["--flaw", $0] } ?? [])
        let served = try await Served(Running(try Command.tool.path, arguments), paths: 1)
        let folder = try TemporaryFolder()
        let output = try await Command.sh(
            "bash '\(Self.root.appendingPathComponent(".ci/action/run").path)'",
            environment: [
                "INPUT_URL": try served.url("slack"), "INPUT_SCHEME": "slack", "INPUT_SECRET": "published",
                "INPUT_OUT": "reports", "GITHUB_OUTPUT": folder.path("output"),
                "INPUT_ARGUMENTS": "--only 'signature/**' --seed 1",
            ], in: folder.url)
        #expect(output.status == status, "\(output.text)\(output.errors)")
        #expect(String(decoding: try folder.bytes("output"), as: UTF8.self) == "exit=\(status)\n")
        #expect(try !folder.bytes("reports/junit.xml").isEmpty)
    }

    /// The fleet of the example is a fleet; only its secrets and hosts are not here.
    @Test func theFleetOfTheExampleIsRead() async throws {
        let file = Self.root.appendingPathComponent(".ci/examples/fleet.json").path
        let folder = try TemporaryFolder()
        let output = try await Command.countersign(
            "fleet", file, "--out", "out", environment: ["BRIDGE_SECRET": "a secret", "GITHUB_SECRET": "another"],
            in: folder.url)
        #expect(output.status == 2)
        #expect(output.errors.contains("(github-apac) no waiver file at 'waivers-apac.json'"), "\(output.errors)")
    }
}

import Foundation
import Testing

@testable import Platform

@Suite("File output") struct FileOutputTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "countersign-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func inFolder(_ body: (String) throws -> Void) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    private func content(_ path: String) -> [UInt8]? { FileManager.default.contents(atPath: path).map(Array.init) }

    @Test("A file is written, and replaced, with nothing left beside it", arguments: [0, 1, 5_000_000])
    func writes(count: Int) throws {
        try inFolder { folder in
            let path = "\(folder)/report.json"
            try FileOutput.write(Array(repeating: 7, count: count), to: path)
            #expect(content(path) == Array(repeating: 7, count: count))
            try FileOutput.write([1, 2, 3], to: path)
            #expect(content(path) == [1, 2, 3])
            #expect(try names() == ["report.json"])
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect((mode ?? 0) & 0o600 == 0o600 && (mode ?? 0o777) & 0o133 == 0)
        }
    }

    @Test("A file that can't be written is reported, and nothing is left over")
    func failures() throws {
        try inFolder { folder in
            func kind(_ path: String) -> FileOutput.Failure.Kind? {
                do {
                    try FileOutput.write([1], to: path)
                    return nil
                } catch {
                    #expect(error.path == path)
                    #expect(error.description.hasPrefix("\(path) can't be written: "))
                    return error.kind
                }
            }
            #expect(kind("\(folder)/none/report.json") == .noDirectory)
            #expect(kind(folder) == .isDirectory)
            #expect(kind("\(folder)/none/") == .isDirectory)
            #expect(kind("") == .other("no such name"))
            try FileOutput.write([1], to: "\(folder)/file")
            #expect(kind("\(folder)/file/report.json") == .noDirectory)
            #expect(kind("/proc/countersign.json") != nil)
            #expect(try names() == ["file"])
        }
    }

    @Test(
        "A file or a folder without permission is left alone", .disabled(if: getuid() == 0, "root may write anywhere"))
    func permissions() throws {
        try inFolder { folder in
            let path = "\(folder)/report.json"
            try FileOutput.write([1], to: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
            #expect(throws: FileOutput.Failure(path: path, kind: .notPermitted)) {
                try FileOutput.write([2], to: path)
            }
            #expect(content(path) == [1])
            try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
            #expect(throws: FileOutput.Failure(path: "\(folder)/new", kind: .notPermitted)) {
                try FileOutput.write([2], to: "\(folder)/new")
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
        }
    }

    @Test("A symbolic link is followed and stays a link")
    func links() throws {
        try inFolder { folder in
            try FileOutput.write([1], to: "\(folder)/real")
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/link", withDestinationPath: "\(folder)/real")
            try FileOutput.write([2], to: "\(folder)/link")
            #expect(content("\(folder)/real") == [2])
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/link") == "\(folder)/real")
        }
    }

    @Test("A device is written and not replaced")
    func devices() throws {
        try inFolder { _ in
            try FileOutput.write([1], to: "/dev/null")
            let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
            #expect(type == .typeCharacterSpecial)
        }
    }

    @Test("A replaced file keeps its permissions", arguments: [0o600, 0o640, 0o664, 0o755])
    func keepsMode(mode: Int) throws {
        try inFolder { folder in
            let path = "\(folder)/report.json"
            try FileOutput.write([1], to: path)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            try FileOutput.write([2], to: path)
            #expect(content(path) == [2])
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == mode)
        }
    }

    @Test("A file that can't be written is detected in advance, and the check changes nothing")
    func check() throws {
        try inFolder { folder in
            func failure(_ body: () throws -> Void) -> FileOutput.Failure? {
                do {
                    try body()
                    return nil
                } catch { return error as? FileOutput.Failure }
            }
            try FileOutput.write([1], to: "\(folder)/file")
            let paths = ["none/report.json", "", "none/", "file/report.json", "file", "new"].map { "\(folder)/\($0)" }
            for path in paths + ["", "/proc/countersign.json", "/dev/null", "a\0b"] {
                let tried = failure { try FileOutput.check(path) }
                #expect(try names() == ["file"])
                #expect(content("\(folder)/file") == [1])
                let written = failure { try FileOutput.write([1], to: path) }
                #expect(tried == written, "\(path)")
                unlink("\(folder)/new")
            }
        }
    }

    @Test("Two paths of one file are told to be one", arguments: ["r", "./r", "../x/r", "link/r", "alias"])
    func destination(_ name: String) throws {
        try inFolder { folder in
            try Folder.make("\(folder)/x")
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/x/link", withDestinationPath: "\(folder)/x")
            try FileOutput.write([1], to: "\(folder)/x/r")
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/x/alias", withDestinationPath: "r")
            let one = try FileOutput.destination(of: "\(folder)/x/\(name)")
            #expect(one == (try FileOutput.destination(of: "\(folder)/x/r")))
            #expect(one.hasSuffix("/x/r"))
            #expect(one != (try FileOutput.destination(of: "\(folder)/x/other")))
        }
    }

    @Test("A link of another user in a shared folder is not followed", .enabled(if: geteuid() == 0, "needs two users"))
    func untrustedLinks() throws {
        try inFolder { folder in
            try FileOutput.write([1], to: "\(folder)/precious")
            try Folder.make("\(folder)/shared")
            let link = "\(folder)/shared/report.json"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "\(folder)/precious")
            try #require(lchown(link, 12345, 12345) == 0)
            #expect(chmod("\(folder)/shared", 0o1777) == 0)
            let refusal = FileOutput.Failure(path: link, kind: .untrustedLink)
            #expect(throws: refusal) { try FileOutput.check(link) }
            #expect(throws: refusal) { try FileOutput.write([2], to: link) }
            #expect(content("\(folder)/precious") == [1])
            // One's own link, and any link where not everybody can make one, is a wish.
            #expect(chmod("\(folder)/shared", 0o755) == 0)
            try FileOutput.write([3], to: link)
            #expect(content("\(folder)/precious") == [3])
            #expect(chmod("\(folder)/shared", 0o1777) == 0 && lchown(link, getuid(), getgid()) == 0)
            try FileOutput.write([4], to: link)
            #expect(content("\(folder)/precious") == [4])
        }
    }

    @Test("A full disk is an error in the system's words", .enabled(if: access("/dev/full", F_OK) == 0, "no /dev/full"))
    func fullDisk() throws {
        try inFolder { _ in
            #expect(throws: FileOutput.Failure(path: "/dev/full", kind: .other("No space left on device"))) {
                try FileOutput.write([1], to: "/dev/full")
            }
        }
    }
}

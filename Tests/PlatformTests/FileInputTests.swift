import Foundation
import Testing

@testable import Platform

@Suite("Descriptors and files that are read") struct FileInputTests {
    private func failure(_ path: String) -> FileInput.Failure? {
        do throws(FileInput.Failure) {
            _ = try FileInput.read(path, limit: 1000)
            return nil
        } catch { return error }
    }

    @Test("An unreadable file says why, and an endless one is not read to its end") func failures() throws {
        let folder = try Folder.makePrivate(prefix: "countersign-test")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(failure("\(folder)/none") == .missing)
        #expect(failure(folder) == .isFolder)
        #expect(failure("/dev/zero") == .tooLarge(limit: 1000))
        try FileOutput.write([UInt8](repeating: 1, count: 1000), to: "\(folder)/just")
        try FileOutput.write([UInt8](repeating: 1, count: 1001), to: "\(folder)/more")
        #expect(try FileInput.read("\(folder)/just", limit: 1000).count == 1000)
        #expect(failure("\(folder)/more") == .tooLarge(limit: 1000))
        #expect(failure("\(folder)/just/below") == .missing)
        #expect(FileInput.exists("\(folder)/just") && !FileInput.exists("\(folder)/none"))
    }

    @Test("A folder is made with its parents, and its names are sorted") func folders() throws {
        let folder = try Folder.makePrivate(prefix: "countersign-test")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Folder.make("\(folder)/a/b//c/")
        try Folder.make("\(folder)/a/b")
        for name in ["é", "b", "a", ".hidden"] { try FileOutput.write([], to: "\(folder)/a/b/c/\(name)") }
        #expect(try Folder.names(in: "\(folder)/a/b/c") == ["a", "b", "é"])
        #expect(throws: SystemError(code: ENOTDIR)) { try Folder.make("\(folder)/a/b/c/a") }
        #expect(throws: SystemError(code: ENOTDIR)) { try Folder.make("\(folder)/a/b/c/a/d") }
        #expect(throws: SystemError(code: ENOENT)) { try Folder.names(in: "\(folder)/none") }
    }

    @Test("A private folder is new each time, and its owner's alone") func privateFolders() throws {
        let folders = try (0..<3).map { _ in try Folder.makePrivate(prefix: "countersign-test") }
        defer { for folder in folders { try? FileManager.default.removeItem(atPath: folder) } }
        #expect(Set(folders).count == 3)
        for folder in folders {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder)
            #expect(attributes[.posixPermissions] as? Int == 0o700)
            #expect(attributes[.ownerAccountID] as? Int == Int(getuid()))
        }
    }

    @Test("A descriptor that does not block takes everything all the same") func nonBlocking() throws {
        let (reader, writer) = try Descriptor.openPipe()
        Descriptor.setBlocking(false, writer)
        Descriptor.setBlocking(false, reader)
        let bytes = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let received = Monitor<[UInt8]?>(nil)
        let thread = WorkerThread {
            let all = try? Descriptor.readToEnd(reader, limit: .max - 1)
            received.change { $0 = all ?? [] }
        }
        try Descriptor.write(bytes, to: writer)
        Descriptor.close(writer)
        thread?.join()
        #expect(received.change { $0 } == bytes)
        Descriptor.close(reader)
    }

    @Test("A pipe that nobody reads is an error, and not the end of the process") func brokenPipe() throws {
        Signals.ignoreBrokenPipes()
        let (reader, writer) = try Descriptor.openPipe()
        Descriptor.close(reader)
        #expect(throws: SystemError(code: EPIPE)) { try Descriptor.write([1], to: writer) }
        Descriptor.close(writer)
    }
}

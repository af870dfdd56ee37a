internal import Synchronization

/// The end of everything that waits for it: when its deadline passes, or as soon as somebody asks for it.
package final class StopSignal: Sendable {
    /// When it comes by itself.
    package let deadline: Deadline
    /// Readable once it was asked for; `nil` when the system allows no more descriptors, and only the deadline ends waits.
    private let pipe: (reader: Int32, writer: Int32)?
    private let wasAskedFor = Atomic<Bool>(false)

    /// Prepares an end that comes at the deadline by itself.
    package init(by deadline: Deadline = .never) {
        self.deadline = deadline
        pipe = try? Descriptor.openPipe()
    }

    deinit {
        guard let pipe else { return }
        Descriptor.close(pipe.reader)
        Descriptor.close(pipe.writer)
    }

    /// Ends every wait, now and from now on.
    package func stop() {
        guard !wasAskedFor.exchange(true, ordering: .sequentiallyConsistent), let pipe else { return }
        // The byte stays in the pipe, so that every wait on it ends.
        try? Descriptor.write([0], to: pipe.writer)
    }

    /// Whether everything must end.
    package var isStopped: Bool { wasAskedFor.load(ordering: .relaxed) || deadline.hasPassed }

    /// What to wait on besides; empty where that can't be.
    var descriptors: [Int32] { pipe.map { [$0.reader] } ?? [] }
}

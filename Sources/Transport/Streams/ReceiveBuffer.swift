/// Bytes received and not yet used, in memory that is reused from message to message.
struct ReceiveBuffer: ~Copyable {
    private var memory: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0

    init(capacity: Int = 16 * 1024) {
        memory = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit { memory.deallocate() }

    var isEmpty: Bool { start == end }
    var count: Int { end - start }

    /// The bytes not yet used; valid until the buffer changes.
    var unread: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[start..<end]) }

    mutating func markUsed(_ count: Int) {
        start += count
        if start == end { removeAll() }
    }

    mutating func removeAll() {
        start = 0
        end = 0
    }

    /// Returns space for at least one more byte, usually kilobytes; valid until the buffer changes.
    ///
    /// The buffer grows when a single unfinished line fills it: the limits of the parsers bound that.
    mutating func room() -> UnsafeMutableRawBufferPointer {
        if memory.count - end < 4096 && (start > 0 || end == memory.count) {
            let source = UnsafeRawBufferPointer(rebasing: memory[start..<end])
            if start > 0 {
                memory.copyMemory(from: source)
            } else {
                let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: memory.count * 2, alignment: 16)
                larger.copyMemory(from: source)
                memory.deallocate()
                memory = larger
            }
            end -= start
            start = 0
        }
        return UnsafeMutableRawBufferPointer(rebasing: memory[end...])
    }

    mutating func markReceived(_ count: Int) { end += count }
}

internal import Platform

/// Opens connections to the addresses of one host.
enum Connector {
    /// Tries every address in turn; each gets its share of the time that is left.
    ///
    /// - Returns: a connected, non-blocking socket, or the failure of the last address.
    static func connect(
        to addresses: [SocketAddress], by deadline: Deadline, unless stop: StopSignal?
    ) -> Result<Int32, ExchangeFailure> {
        var failure = ExchangeFailure.connectTimedOut
        for (place, address) in addresses.enumerated() {
            let share = deadline.remaining / UInt64(addresses.count - place)
            let end = Deadline(atNanoseconds: Deadline.sum(MonotonicClock.nanoseconds(), share))
            switch connect(to: address, by: end, unless: stop) {
            case .success(let descriptor): return .success(descriptor)
            case .failure(let reason): failure = reason
            }
        }
        return .failure(failure)
    }

    private static func connect(
        to address: SocketAddress, by deadline: Deadline, unless stop: StopSignal?
    ) -> Result<Int32, ExchangeFailure> {
        do {
            let (descriptor, isDone) = try Socket.beginConnecting(to: address)
            if isDone { return .success(descriptor) }
            let isReady = !Descriptor.wait(descriptor, for: .writable, by: deadline, unless: stop).isEmpty
            guard isReady else {
                Descriptor.close(descriptor)
                return .failure(.connectTimedOut)
            }
            guard let error = Socket.pendingError(descriptor) else { return .success(descriptor) }
            Descriptor.close(descriptor)
            return .failure(failure(error))
        } catch { return .failure(failure(error)) }
    }

    private static func failure(_ error: SystemError) -> ExchangeFailure {
        error.isTimeout ? .connectTimedOut : .unreachable(reason: error.description)
    }
}

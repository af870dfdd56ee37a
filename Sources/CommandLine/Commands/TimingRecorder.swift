internal import Bytes
internal import Catalogue
internal import Platform
internal import ReportModel
internal import Timing

/// Writes the times of all requests to a file while they are measured, so that an interrupted measurement keeps what it
/// has.
final class TimingRecorder: Sendable {
    private struct State {
        var file: AppendedFile
        var waiting = RawSamples.header
        var number = 0
        var failure: String?
    }

    private let path: String
    private let state: Monitor<State>

    /// Creates the file, in place of one that is there.
    init(path: String) throws {
        self.path = path
        do throws(SystemError) {
            state = Monitor(State(file: try AppendedFile(path)))
        } catch {
            throw CommandError.input("'\(printable(path))' can't be written: \(error)")
        }
    }

    /// Adds a tuple.
    func record(_ question: TimedQuestion, _ run: Int, _ tuple: Tuple) {
        state.change { state in
            state.waiting += RawSamples.lines(run: run, number: state.number, tuple, question.experiment)
            state.number += 1
        }
    }

    /// Writes what was added.
    func flush() {
        state.change { state in
            guard state.failure == nil, !state.waiting.isEmpty else { return }
            do throws(SystemError) {
                try state.file.append(state.waiting)
                state.waiting = []
            } catch { state.failure = "\(error)" }
        }
    }

    /// Writes the rest, and says so when not everything could be written.
    func finish() -> ExitStatus {
        flush()
        guard let failure = state.change({ $0.failure }) else { return .success }
        Console.err("Error: '\(printable(path))' could not be written: \(failure)")
        return .reportNotWritten
    }
}

/// The file of raw times, for other tools: a line for each request with its run, tuple, place in the tuple, class,
/// nanoseconds to the answer and nanoseconds of delay.
package enum RawSamples {
    /// The first line of the file.
    package static let header = Array("run,tuple,slot,class,ns,delay\n".utf8)

    /// Returns the lines of one tuple, in the order of sending.
    package static func lines(run: Int, number: Int, _ tuple: Tuple, _ experiment: Experiment) -> [UInt8] {
        let order = tuple.slots.indices.sorted { tuple.slots[$0] < tuple.slots[$1] }
        let lines = order.map { index in
            "\(run),\(number),\(tuple.slots[index]),\(experiment.classes[index].name),"
                + "\(Int(tuple.nanoseconds[index])),\(Int(tuple.delays[index]))\n"
        }
        return Array(lines.joined().utf8)
    }
}

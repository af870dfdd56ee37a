internal import Platform

// Measures one thing, named by the only argument, and prints its name and a rate per second. `.ci/bench` compares.

switch CommandLine.arguments.dropFirst().first {
case "verify": try VerifyBenchmark.run()
default:
    try? Descriptor.write(Array("usage: Benchmarks verify\n".utf8), to: Descriptor.standardError)
    CurrentProcess.end(with: 2)
}

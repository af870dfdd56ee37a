internal import CommandLine

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

exit(runTool(Array(CommandLine.arguments.dropFirst())))

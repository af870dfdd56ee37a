internal import CommandLine
internal import Platform

CurrentProcess.end(with: runTool(Array(CommandLine.arguments.dropFirst())))

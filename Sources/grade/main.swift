import GradeCommand
import Workshop

if CommandLine.arguments.dropFirst().first == Worker.argument { Worker.run() }
Program.run(Array(CommandLine.arguments.dropFirst()))

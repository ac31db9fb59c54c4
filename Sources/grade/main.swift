import Curriculum
import GradeCommand
import Workshop

if CommandLine.arguments.dropFirst().first == Worker.argument {
  Worker.run(suite: Catalogue.suite(named:))
}
Program.run(Array(CommandLine.arguments.dropFirst()))

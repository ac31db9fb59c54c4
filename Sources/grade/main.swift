import Curriculum
import GradeCommand
import Grading
import Workshop

if CommandLine.arguments.dropFirst().first == Worker.argument {
  Worker.run(suite: Catalogue.curriculum.suite(named:))
}
Program.run(Array(CommandLine.arguments.dropFirst()), catalogue: .curriculum)

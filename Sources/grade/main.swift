import AnswerKey
import GradeCommand
import Grading

Program.run(Array(CommandLine.arguments.dropFirst()), catalogue: .curriculum)

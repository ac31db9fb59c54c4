import AnswerKey
import GradeCommand
import Workshop

Program.run(Array(CommandLine.arguments.dropFirst()))

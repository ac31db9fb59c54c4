import GradeCommand
runMain()

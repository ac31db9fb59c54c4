import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension GradeCommand {
  /// Grades at every save.
  func watch(_ kata: Kata, _ options: GradingOptions) throws -> ExitCode {
    let project = try project()
    if let code = refusal(of: kata, in: project) { return code }
    let desk = Desk(project: project)
    let grader = try grader(of: project)
    let practice = practice(in: project)
    var board = board(kata, options.color, in: project)
    board.listsAll = options.listsAll
    let watch = Watch(
      board: board,
      katas: catalogue.katas.filter { !desk.hasProgram($0) }.map {
        ($0, project.display(project.attempt($0)))
      },
      passed: Set(practice.katas.filter { $0.value.passes > 0 }.keys),
      hints: practice.katas.mapValues(\.hintLevel))
    var loop = PracticeLoop(
      watch, command: self, project: project, grader: grader, practice: practice,
      options: options)
    return try loop.run()
  }

  func board(_ kata: Kata, _ color: ColorChoice, in project: Project) -> Board {
    let isDrawn = surroundings.hasKeys && surroundings.canMoveCursor
    return Board(
      kata, path: project.display(project.attempt(kata)), style: surroundings.style(color),
      window: isDrawn ? surroundings.windowSize() : nil, hasKeys: surroundings.hasKeys)
  }
}

/// What the words on the command line ask for.
package enum Request: Equatable, Sendable {
  case overview(PageFormat)
  case grade(kata: String, options: GradingOptions)
  case all(options: GradingOptions)
  case watch(kata: String, options: GradingOptions)
  case drill(kata: String?, options: DrillOptions)
  case debug(kata: String?, options: DebugOptions)
  case mock(MockOptions)
  case recall(RecallOptions)
  case list(ListOptions)
  case show(kata: String)
  case hint(kata: String, level: Int?)
  case solution(kata: String, givesUp: Bool)
  case reset(katas: [String])
  case restore(kata: String, time: String?)
  case keptAttempts(kata: String)
  case history(kata: String?, format: PageFormat)
  case report(opens: Bool)
  case api(name: String?)
  case lldb(kata: String, check: String?, seed: UInt64?, onlyPrepares: Bool)
  case shell(Shell)
  case complete(words: [String])
  case gradeClass(ClassOptions)
  case mergeClass(files: [String], page: ClassPage)
  case export(platform: Platform, folder: String, points: Points, seed: UInt64?)
  case handOut(folder: String, katas: [String]?)
  case help(topic: String?)
}

package enum OutputFormat: String, CaseIterable, Sendable {
  case text, json, junit, line
}

package enum PageFormat: String, CaseIterable, Sendable {
  case text, json
}

package enum ListFormat: String, CaseIterable, Sendable {
  case text, json, markdown
}

package enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never
}

package struct GradingOptions: Equatable, Sendable {
  /// The file to grade in place of the one under `katas/`.
  var attempt: String?
  /// The seed of all fixtures; drawn when it is not given.
  var seed: UInt64?
  var format = OutputFormat.text
  var color = ColorChoice.auto
  /// Whether every check is listed, and not the first that fails.
  var listsAll = false
  /// Some lines of one question, unless all or none of what is printed is wanted.
  var prints: PrintsChoice?
  /// The question that is shown in place of the verdict's reasons.
  var show: ShownQuestion?
}

/// Words that cannot be understood.
package enum UsageError: Error, Equatable, Sendable {
  case unknownKata(String, suggestion: String?)
  case unknownOption(String, command: String, suggestion: String?)
  case missingValue(option: String)
  case badValue(option: String, value: String, allowed: String)
  case missingKata(command: String)
  case tooMany(String, command: String)
  case noSuchAttempt(path: String)
  case noSuchHint(Int, of: Int)
  case unknownFunction(String, suggestion: String?)
  case unknownShell(String?, suggestion: String?)
  case unknownTrack(String, suggestion: String?, names: [String])
  case unknownTopic(String, suggestion: String?)
  case unknownCheck(String, kata: String, suggestion: String?, names: [String])
  case nothingKept(kata: String)
  case noKeptAttempt(kata: String, time: String)
  case missingFolder(command: String)
  case notAClass(path: String, reason: String)
  case shardWithoutSeed
  case missingResults
  case unknownPlatform(String?, suggestion: String?)
  case notFree(path: String)
  case noResult(path: String, reason: String)
  case noWhole(reason: String)
  case needsOutput(format: String, documents: Int)
}

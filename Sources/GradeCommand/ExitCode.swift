/// How `grade` ends; programs that call it rely on the numbers.
package enum ExitCode: Int32, Sendable {
  case passed = 0
  case notPassed = 1
  case wrongUsage = 64
  case harnessFailed = 70
}

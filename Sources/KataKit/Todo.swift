/// How a process that reached a `todo()` is told from one that crashed.
package enum Todo {
  package static let exitStatus: Int32 = 86
}

/// Stands for a body that is not written yet: says so on standard error and ends the process.
///
/// What was printed before is flushed; handlers registered with `atexit` do not run.
public func todo(
  _ function: String = #function, file: String = #fileID, line: Int = #line
) -> Never {
  fflush(nil)
  let message = Array("todo: \(function) is not written yet (\(file):\(line))\n".utf8)
  _ = write(STDERR_FILENO, message, message.count)
  _exit(Todo.exitStatus)
}

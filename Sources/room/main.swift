/// The process in which an attempt runs, started by `grade`, or by a debugger with one question in
/// a file.
///
/// It makes what it is asked to make, calls what it is asked to call, and sends back what was returned.
/// Whether that is right it cannot know: no reference is linked into it, nor anything that compares.
import Exam

if CommandLine.arguments.count == 2 {
  Room.rehearse(CommandLine.arguments[1])
} else {
  Room.open()
}

/// The process in which an attempt runs, started by `grade` and by nobody else.
///
/// It makes what it is asked to make, calls what it is asked to call, and sends back what was returned.
/// Whether that is right it cannot know: no reference is linked into it, nor anything that compares.
import Exam

Room.open()

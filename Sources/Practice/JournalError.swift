/// Why an event is not in the journal.
package enum JournalError: Error, Equatable, Sendable {
  /// A call to the operating system failed.
  case system(call: String, path: String, code: Int32)
  /// The event holds what JSON cannot.
  case cannotEncode(details: String)
}

/// Who handed something in, as learning platforms and people write it into the name of a file or folder.
struct StudentName: Hashable {
  var name: String
  /// What tells two people of one name apart: a platform's number.
  var id: String?

  init(_ name: String, id: String? = nil) {
    self.name = name
    self.id = id
  }

  /// A name of a file that is taken apart.
  struct File {
    let student: StudentName
    /// The student's own name for it.
    let name: String
    /// Of several attempts the one with the greatest is the last: a date, or how often it was handed in.
    var attempt = ""
  }

  /// - Parameter folder: the name of a student's folder.
  init(folder: String) {
    if let match = folder.wholeMatch(of: #/(.+?)_([0-9]+)_assignsubmission_(?:file|onlinetext)_?/#)
    {
      self.init(String(match.1), id: String(match.2))  // Moodle
    } else if let match = folder.wholeMatch(of: #/([0-9]+-[0-9]+) - (.+?) - .+/#) {
      self.init(String(match.2), id: String(match.1))  // Brightspace
    } else {
      self.init(folder)
    }
  }

  /// What a platform that puts all files into one folder calls a file.
  static func onPlatform(_ file: String) -> File? {
    if let match = file.wholeMatch(of: #/(.+?)_([0-9]+)_assignsubmission_file_(.+)/#) {
      return File(
        student: StudentName(String(match.1), id: String(match.2)), name: String(match.3))
    }
    // Blackboard
    let attempt = #/.+_([^_]+)_attempt_([0-9]{4}(?:-[0-9]{2}){5})_(.+)/#
    if let match = file.wholeMatch(of: attempt) {
      return File(
        student: StudentName(String(match.1)), name: String(match.3), attempt: String(match.2))
    }
    // Canvas
    if let match = file.wholeMatch(of: #/([^_]+)(?:_LATE)?_([0-9]+)_[0-9]+_(.+)/#) {
      return File(
        student: StudentName(String(match.1), id: String(match.2)), name: String(match.3))
    }
    return nil
  }
}

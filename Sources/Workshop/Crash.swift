#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Why and where an attempt trapped, in the words of the Swift runtime.
struct Crash: Equatable {
  var message: String?
  var line: Int?
  /// The innermost function of the attempt: "Backprop.gradients(of:inputs:targets:)".
  var function: String?

  /// Where the runtime writes its backtrace, inside the room's directory.
  static let fileName = "crash.json"

  /// The setting that makes the runtime write it, in JSON; some 35 ms when an attempt traps.
  static func setting(scratch: String, isWanted: Bool) -> String {
    guard isWanted else { return "enable=no" }
    let options = [
      "enable=yes", "color=no", "interactive=no", "threads=crashed", "registers=none",
      "images=none", "limit=64", "top=4", "cache=no", "sanitize=no", "format=json",
      "output-to=\(scratch)/\(fileName)",
    ]
    return options.joined(separator: ",")
  }

  /// What standard error and the backtrace tell of a room that was ended by `signal`.
  init(standardError: String, scratch: String, library: String, source: String) {
    let marker = "Fatal error: "
    let complaint = standardError.split(separator: "\n").last { $0.contains(marker) }
    message = complaint.flatMap { line in
      line.firstRange(of: marker).map { String(line[$0.upperBound...]) }
    }
    guard let data = FileManager.default.contents(atPath: "\(scratch)/\(Self.fileName)") else {
      return
    }
    do {
      let backtrace = try JSONDecoder().decode(Backtrace.self, from: data)
      let frames = backtrace.threads.first { $0.crashed == true }?.frames ?? []
      function = frames.lazy.filter { $0.isIn(library) }.compactMap(\.function).first
      line = frames.lazy.compactMap { $0.line(in: library, of: source) }.first
      message = message ?? Self.words(for: backtrace.description, frames: frames, library: library)
    } catch {
      // A backtrace that was cut short; the message, where there is one, stands.
    }
  }

  private static func words(
    for description: String, frames: [Backtrace.Frame], library: String
  ) -> String {
    if let failure = frames.first(where: { $0.runtimeFailure == true })?.description {
      return failure.replacing("Swift runtime failure: ", with: "")
    }
    let own = frames.filter { $0.isIn(library) }
    if description == "Bad pointer dereference", own.count > 32 {
      return "the stack ran out: \(own[0].function ?? "a function") calls itself without end"
    }
    return description.prefix(1).lowercased() + description.dropFirst()
  }
}

/// The parts of a runtime backtrace that are read.
private struct Backtrace: Decodable {
  struct Location: Decodable {
    let file: String
    let line: Int
  }
  struct Frame: Decodable {
    let description: String?
    let image: String?
    let runtimeFailure: Bool?
    let sourceLocation: Location?

    func isIn(_ library: String) -> Bool { image.map { library.hasSuffix("/\($0)") } ?? false }

    /// "Backprop.gradients(of:inputs:targets:)", of the function and of the witness that calls it, which is
    /// all that there is of a frame that is just being made.
    var function: String? {
      guard let name = description?.split(separator: " + ").first.map(String.init) else {
        return nil
      }
      // The stubs through which a library calls others have no name but that of what lies before them.
      guard !name.hasPrefix("swift_image_constructor") else { return nil }
      let parts = name.split(separator: " in conformance ")
      guard let dot = name.firstIndex(of: "."), name.hasPrefix("protocol witness for "),
        parts.count == 2
      else { return name }
      return "\(parts[1])\(parts[0][dot...])"
    }

    /// The line in the attempt, where this frame is in its library and not inlined from elsewhere.
    func line(in library: String, of source: String) -> Int? {
      guard isIn(library), let sourceLocation, sourceLocation.line > 0,
        sourceLocation.file.hasSuffix("/\(source)")
      else { return nil }
      return sourceLocation.line
    }
  }
  struct Thread: Decodable {
    let crashed: Bool?
    let frames: [Frame]
  }
  let description: String
  let threads: [Thread]
}

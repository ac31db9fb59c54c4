import Foundation
import Grading
import Workshop

/// `swift run doctor new group-norm GroupNorm layers`.
enum NewKata {
  static func run(_ arguments: [String]) -> Never {
    guard arguments.count == 3 else {
      say("Usage: swift run doctor new KATA TYPE TRACK    (group-norm GroupNorm layers)")
      exit(64)
    }
    do {
      let scaffold = try Scaffold(name: arguments[0], type: arguments[1], track: arguments[2])
      let project = try Project(
        around: FileManager.default.currentDirectoryPath, executable: URL.thisExecutable.path)
      let paths = try scaffold.lay(in: project)
      say(paths.joined(separator: "\n"))
      say(
        "\nEach page says what is to be written where \"\(Scaffold.mark)\" stands. Then:\n"
          + "  swift run doctor \(scaffold.name)")
      exit(0)
    } catch let refusal as Scaffold.Refusal {
      say(sentence(for: refusal))
      exit(64)
    } catch {
      say("the harness failed: \(error)")
      exit(70)
    }
  }

  static func sentence(for refusal: Scaffold.Refusal) -> String {
    switch refusal {
    case .badName(let name):
      "'\(name)' is no name for a kata; one is lower case with dashes: rms-norm"
    case .badType(let type): "'\(type)' is no name for a type; one starts with a capital: RMSNorm"
    case .noTrack(let track):
      "no track '\(track)'; there are \(Track.allCases.map(\.rawValue).joined(separator: ", "))"
    case .exists(let path): "\(path) is there already; nothing was written"
    case .noPlace(let path, let line):
      "\(path) has no line \(line.debugDescription) to write before"
    }
  }
}

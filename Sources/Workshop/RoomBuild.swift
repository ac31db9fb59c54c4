#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Whether the room beside a grader was linked from the modules that lie beside both.
enum RoomBuild {
  /// The modules that room and grader share.
  private static let shared = ["KataKit", "Exam"]

  static func check(room: String, modules: String) throws(HarnessError) {
    guard let linked = modified(room) else { throw .otherRoom(details: "there is no \(room)") }
    for module in shared {
      let path = "\(modules)/\(module).swiftmodule"
      if let built = modified(path), built > linked {
        throw .otherRoom(details: "\(room) is older than \(path)")
      }
    }
  }

  private static func modified(_ path: String) -> Date? {
    do {
      return try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    } catch {
      return nil
    }
  }
}

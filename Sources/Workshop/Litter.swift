#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Directories in which an attempt or a compiler could leave what it liked.
enum Litter {
  /// What is removed without help: a room leaves one file, a compiler five.
  private static let few = 16
  private static let patience = Duration.seconds(1)

  /// Removes a directory as far as that takes a second: an attempt can nest directories so deeply that it
  /// takes minutes.
  static func remove(_ directory: String) {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: directory)
    } catch {
      return
    }
    if names.count <= few {
      for name in names { unlink("\(directory)/\(name)") }
      if rmdir(directory) == 0 { return }
    }
    var actions = FileActions()
    for stream in 0...2 as ClosedRange<Int32> { actions.open("/dev/null", as: stream) }
    do {
      let remover = try actions.spawn(
        ["/bin/rm", "-rf", "--", directory], environment: ProcessInfo.processInfo.environment)
      let deadline = ContinuousClock.now + patience
      while waitpid(remover, nil, WNOHANG) == 0 {
        if ContinuousClock.now > deadline { kill(remover, SIGKILL) }
        usleep(500)
      }
    } catch {
      // It stays.
    }
  }
}

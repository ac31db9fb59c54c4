import Practice
import Workshop

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

/// Measures what the README claims. Every figure is a ratio of two things timed in turn.
///
///     swift run benchmark [PAIRS]
let pairs = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 10

@MainActor func benchmark() throws -> Bool {
  let project = try Project(around: FileManager.default.currentDirectoryPath)
  let directory = FileManager.default.temporaryDirectory
    .appending(path: "katas-benchmark-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  defer {
    do {
      try FileManager.default.removeItem(at: directory)
    } catch {
      print("left behind: \(directory.path)")
    }
  }
  guard let swift = Rivals.find("swift"), let swiftc = Rivals.find("swiftc") else {
    throw Failure(description: "no Swift toolchain on PATH")
  }

  let root = project.root.path
  _ = try Command(words: [swift, "build", "--package-path", root, "--product", "grade"]).time()
  let grade = "\(root)/.build/debug/grade"
  let attempt = directory.appending(path: "Backprop.swift")
  let solution = try String(
    decoding: Data(contentsOf: project.root.appending(path: "solutions/backprop/Backprop.swift")),
    as: UTF8.self)
  try Rivals.write(solution, to: attempt)
  let modules = directory.appending(path: "modules")
  try FileManager.default.createDirectory(at: modules, withIntermediateDirectories: true)
  try FileManager.default.copyItem(
    atPath: "\(root)/.build/debug/Modules/KataKit.swiftmodule",
    toPath: modules.appending(path: "KataKit.swiftmodule").path)

  // What a seed that is kept has passed is asked again, with fresh values; not so what is asked for.
  let unchanged = Command(words: [grade, "backprop", "--attempt", attempt.path, "--seed", "1"])
  let changed = Command(
    words: unchanged.words,
    prepare: { try Rivals.write(solution + Rivals.stamp("//"), to: attempt) })
  let typecheck = Command(words: [swiftc, "-typecheck", "-I", modules.path, attempt.path])

  _ = try unchanged.time()
  let usage = try unchanged.run().usage

  print(machine)
  print("\(pairs) pairs each, in turn; medians\n")
  print(row("what", "ours", "other", "ratio", "at most"))
  var isMet = true
  func judge(
    _ name: String, _ ours: any Timed, _ theirs: any Timed, _ bound: Double, pairs: Int = pairs
  ) throws {
    let comparison = Comparison(name: name, ours: ours, theirs: theirs, bound: bound)
    let result = try comparison.measure(pairs: pairs)
    let isWithin = result.ratio <= bound
    isMet = isMet && isWithin
    print(
      row(
        name, milliseconds(result.ours), milliseconds(result.theirs), decimals(result.ratio),
        decimals(bound)) + (isWithin ? "" : "   OVER"))
  }

  try judge("changed attempt : swiftc -typecheck", changed, typecheck, 2)
  try judge("unchanged attempt : swiftc -typecheck", unchanged, typecheck, 0.25)
  if let setsid = Rivals.find("setsid") {
    let watcher = try Watcher(
      of: root, in: directory.appending(path: "watched"), attempt: solution, setsid: setsid)
    defer { watcher.end() }
    try judge("save to verdict, watching : swiftc -typecheck", watcher, typecheck, 1.6)
  } else {
    print("save to verdict: skipped, no setsid here")
  }
  try judge(
    "swift run grade : swift run, empty package",
    Command(
      words: [
        swift, "run", "--package-path", root, "grade", "backprop", "--attempt", attempt.path,
        "--seed", "1",
      ]),
    try Rivals.emptyRun(in: directory, tool: swift), 1.25)
  let rivals: [(String, String, (URL, String) throws -> Command)] = [
    ("changed attempt : cargo test && cargo run", "cargo", Rivals.cargo),
    ("changed attempt : swift test", "swift", Rivals.swiftTest),
    ("changed attempt : pytest with NumPy", "pytest", Rivals.pytest),
  ]
  for (name, tool, make) in rivals {
    guard let path = Rivals.find(tool) else {
      print("\(name): skipped, no \(tool) here")
      continue
    }
    try judge(name, changed, try make(directory, path), 1)
  }

  let checkout = try Crowd.checkout(of: root, in: directory.appending(path: "class"))
  func crowd(_ command: String) -> Crowd {
    Crowd(command, in: checkout, attempt: solution, count: 100)
  }
  try judge(
    "class of 100 : grade --attempt, 100 times",
    crowd("'\(grade)' class \"$1\" --seed 7 > /dev/null"),
    crowd(
      "for file in \"$1\"/*; do '\(grade)' backprop --attempt \"$file\" --seed 1 > /dev/null; done; true"
    ),
    0.6, pairs: 1)

  print("")
  let processor = usage.processorSeconds * 1000
  let resident = Double(usage.peakBytes) / Double(1 << 20)
  isMet = isMet && processor <= 30 && resident <= 64
  print("grade and its room, unchanged: \(decimals(processor)) ms of processor time (30 at most)")
  print("the larger of the two, resident: \(decimals(resident)) MB (64 at most)")

  let reading = try journalReading(in: directory)
  isMet = isMet && reading <= 0.3
  print("a journal of 20,000 events, read: \(decimals(reading)) s (0.3 at most)")

  guard let git = Rivals.find("git") else { return isMet }
  let clone = directory.appending(path: "clone")
  let clock = ContinuousClock()
  let start = clock.now
  _ = try Command(words: [git, "clone", "-q", root, clone.path]).time()
  _ = try Command(words: [swift, "run", "--package-path", clone.path, "grade", "backprop"]).time()
  let first = (clock.now - start) / .seconds(1)
  print("from clone to first verdict:     \(decimals(first)) s (target 15)")
  return isMet
}

/// Wall seconds to read a journal of 20,000 events, the median of five.
func journalReading(in directory: URL) throws -> Double {
  let file = directory.appending(path: "journal.jsonl")
  try Rivals.write(JournalSample.text(events: 20_000), to: file)
  let clock = ContinuousClock()
  return try median(
    (0..<5).map { _ in
      let start = clock.now
      guard Journal(file: file).read().events.count == 20_000 else {
        throw Failure(description: "the journal was not read")
      }
      return (clock.now - start) / .seconds(1)
    })
}

var machine: String {
  var name = utsname()
  uname(&name)
  func text<T>(_ field: T) -> String {
    withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
  let cores = ProcessInfo.processInfo.activeProcessorCount
  return "\(text(name.sysname)) \(text(name.release)) \(text(name.machine)), \(cores) cores"
}

func row(_ name: String, _ columns: String...) -> String {
  let padded = name + String(repeating: " ", count: max(0, 44 - name.count))
  return padded
    + columns.map { String(repeating: " ", count: max(0, 10 - $0.count)) + $0 }.joined()
}

func decimals(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
func milliseconds(_ seconds: Double) -> String { "\(Int((seconds * 1000).rounded())) ms" }

do {
  exit(try benchmark() ? 0 : 1)
} catch {
  print("\(error)")
  exit(70)
}

// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// - Parameter frontends: each finds out anew what all other files of the module declare, so that one takes
///   half the processor time of many. Two are for a module that others wait for while a core is idle.
func swiftSettings(frontends: Int) -> [SwiftSetting] {
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
    // An index of the toolchain's own modules would be made for every new checkout, and has no reader.
    .unsafeFlags(
      [
        "-driver-batch-count", "\(frontends)", "-index-ignore-system-modules",
        "-index-ignore-clang-modules",
      ], .when(configuration: .debug)),
  ]
}

let settings = swiftSettings(frontends: 1)
let waitedFor = swiftSettings(frontends: 2)

/// `swift run` builds debug, and a gradient check at -Onone is some fifty times slower; but -O takes three
/// times as long to build, so it is for arithmetic alone.
let optimized = waitedFor + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// An attempt is a shared library that finds KataKit and the runtime in the executable that loads it.
let hostsAttempts: [LinkerSetting] = [
  .unsafeFlags(
    ["-Xlinker", "--export-dynamic", "-Xlinker", "--no-as-needed", "-lswiftSwiftOnoneSupport"],
    .when(platforms: [.linux]))
]

/// The folders of the answer key, each a module of its own: an edit builds one of them again.
let tracks = [
  "Neuron", "Loss", "Backward", "Initialization", "Optimizer", "Training", "Regularization",
  "Layers",
  "Capstone",
]

let package = Package(
  name: "katas",
  products: [
    .library(name: "KataKit", targets: ["KataKit"]),
    .executable(name: "grade", targets: ["grade"]),
    .executable(name: "doctor", targets: ["doctor"]),
    .executable(name: "benchmark", targets: ["benchmark"]),
  ],
  targets: [
    .target(name: "KataKit", swiftSettings: optimized),
    .target(name: "Exam", dependencies: ["KataKit"], swiftSettings: waitedFor),
    .executableTarget(
      name: "room", dependencies: ["Exam", "KataKit"], swiftSettings: settings,
      linkerSettings: hostsAttempts),
    .target(name: "Numerics", dependencies: ["Exam", "KataKit"], swiftSettings: optimized),
    .target(
      name: "Grading", dependencies: ["Exam", "Numerics", "KataKit"], swiftSettings: waitedFor),
    .target(
      name: "AnswerKey",
      dependencies: ["Grading"] + tracks.map { .init(stringLiteral: "\($0)Answers") },
      path: "Sources/AnswerKey/Catalogue", swiftSettings: settings),
    .target(
      name: "SharedAnswers", dependencies: ["Exam", "Grading", "KataKit"],
      path: "Sources/AnswerKey/Shared", swiftSettings: settings),
    .target(name: "Practice", dependencies: ["KataKit"], swiftSettings: settings),
    .target(
      name: "Workshop", dependencies: ["Exam", "Practice", "Grading", "KataKit"],
      swiftSettings: waitedFor),
    .target(
      name: "GradeCommand",
      dependencies: ["Workshop", "Practice", "Grading", "Numerics", "KataKit"],
      swiftSettings: waitedFor),
    .executableTarget(
      name: "grade", dependencies: ["GradeCommand", "AnswerKey", "Grading", "room"],
      swiftSettings: settings),
    .executableTarget(
      name: "doctor",
      dependencies: [
        "Workshop", "Practice", "AnswerKey", "Grading", "Solutions", "Variants", "room",
      ], swiftSettings: settings),
    .executableTarget(
      name: "benchmark", dependencies: ["Workshop", "Practice"], swiftSettings: settings),
    .target(
      name: "Solutions", dependencies: ["KataKit"], path: "solutions", swiftSettings: optimized),
    .target(
      name: "Variants", dependencies: ["KataKit"], path: "Tests/Variants", swiftSettings: optimized),
    .testTarget(name: "KataKitTests", dependencies: ["KataKit"], swiftSettings: settings),
    .testTarget(
      name: "GradingTests", dependencies: ["Exam", "Grading", "Numerics", "KataKit"],
      swiftSettings: settings),
    .testTarget(
      name: "SolutionTests",
      dependencies: [
        "Solutions", "Variants", "AnswerKey", "Exam", "Grading", "Numerics", "KataKit", "Workshop",
        "doctor",
      ],
      resources: [.copy("Golden")], swiftSettings: settings),
    .target(
      name: "TestSupport",
      dependencies: ["Workshop", "Practice", "GradeCommand", "AnswerKey", "Grading"],
      path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(
      name: "PracticeTests", dependencies: ["Practice", "KataKit"],
      resources: [.copy("Golden")], swiftSettings: settings),
    .testTarget(
      name: "WorkshopTests",
      dependencies: [
        "GradeCommand", "Workshop", "Practice", "AnswerKey", "Exam", "Grading", "KataKit",
        "Solutions", "Variants", "TestSupport", "grade",
      ], swiftSettings: settings),
    .testTarget(
      name: "GradeCommandTests",
      dependencies: [
        "GradeCommand", "Workshop", "Practice", "AnswerKey", "Grading", "KataKit", "TestSupport",
        "grade",
      ], exclude: ["Golden"], swiftSettings: settings),
  ]
)

package.targets += tracks.map { track in
  .target(
    name: "\(track)Answers",
    dependencies: ["SharedAnswers", "Exam", "Grading", "Numerics", "KataKit"],
    path: "Sources/AnswerKey/\(track)",
    exclude: track == "Capstone" ? ["Digits/README.md", "Digits/make_digits.py"] : [],
    swiftSettings: settings)
}

/// A course hands the package out without its answers, or without its tests; what is built on these is
/// left out then.
func isHere(_ directory: String) -> Bool {
  FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/\(directory)")
}
if !isHere("solutions") || !isHere("Tests/Variants") {
  let proofs = [
    "Solutions", "Variants", "doctor", "SolutionTests", "TestSupport", "WorkshopTests",
    "GradeCommandTests",
  ]
  package.products.removeAll { proofs.contains($0.name) }
  package.targets.removeAll { proofs.contains($0.name) }
}
package.targets.removeAll { $0.isTest && !isHere("Tests/\($0.name)") }

// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// `swift run` builds debug, and a gradient check at -Onone is some fifty times slower; so is reading a
/// long journal.
let optimized = settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
  name: "katas",
  products: [
    .library(name: "KataKit", targets: ["KataKit"]),
    .executable(name: "grade", targets: ["grade"]),
    .executable(name: "benchmark", targets: ["benchmark"]),
  ],
  targets: [
    .target(name: "KataKit", swiftSettings: optimized),
    .target(name: "Grading", dependencies: ["KataKit"], swiftSettings: optimized),
    .target(name: "EventLog", swiftSettings: optimized),
    .target(
      name: "Workshop", dependencies: ["EventLog", "Grading", "KataKit"], swiftSettings: settings),
    .target(
      name: "GradeCommand", dependencies: ["Workshop", "Grading", "KataKit"],
      swiftSettings: settings),
    .executableTarget(
      name: "grade", dependencies: ["GradeCommand"], swiftSettings: settings,
      linkerSettings: [
        // An attempt is a shared library that finds KataKit and the runtime in this executable.
        .unsafeFlags(
          [
            "-Xlinker", "--export-dynamic",
            "-Xlinker", "--no-as-needed", "-lswiftSwiftOnoneSupport",
          ], .when(platforms: [.linux]))
      ]),
    .executableTarget(
      name: "benchmark", dependencies: ["Workshop"], swiftSettings: settings),
    .target(
      name: "Solutions", dependencies: ["KataKit"], path: "solutions", swiftSettings: settings),
    .testTarget(name: "KataKitTests", dependencies: ["KataKit"], swiftSettings: settings),
    .testTarget(
      name: "GradingTests", dependencies: ["Grading", "KataKit"], swiftSettings: settings),
    .testTarget(
      name: "SolutionTests", dependencies: ["Solutions", "Grading", "KataKit"],
      resources: [.copy("Golden")], swiftSettings: settings),
    .target(
      name: "TestSupport", dependencies: ["Workshop", "GradeCommand", "Grading"],
      path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(
      name: "WorkshopTests",
      dependencies: ["GradeCommand", "Workshop", "Grading", "TestSupport", "grade"],
      resources: [.copy("Golden")], swiftSettings: settings),
    .testTarget(
      name: "GradeCommandTests",
      dependencies: ["GradeCommand", "Workshop", "Grading", "TestSupport", "grade"],
      swiftSettings: settings),
  ]
)

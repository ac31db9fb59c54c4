/// Why the grader finds no type that it can judge in an attempt that compiles.
package enum WhyNoType {
  /// - Parameters:
  ///   - type: the name that the grader looks for: "Backprop".
  ///   - requirement: the protocol that it has to conform to: "BackpropKata".
  ///   - source: the text of the attempt.
  package static func sentence(type: String, requirement: String, source: [UInt8]) -> String {
    let wanted = "struct \(type): \(requirement)"
    let declarations = Declarations(in: source).all
    let named = declarations.filter { $0.name == type && $0.keyword != "extension" }
    // The one that comes closest to what is wanted.
    guard let found = named.min(by: { obstacles($0) < obstacles($1) }) else {
      return absent(type, wanted, among: declarations)
    }
    let place = "(line \(found.line))"
    if found.keyword == "typealias" {
      return "\(type) is a typealias \(place). The grader needs the type itself: \(wanted)"
    }
    if found.keyword == "protocol" {
      return "\(type) is a protocol \(place). The grader needs a type: \(wanted)"
    }
    if let container = found.container {
      return
        "\(type) is declared inside \(container) \(place). Move it to the top level of the file: \(wanted)"
    }
    if found.isGeneric {
      return
        "\(type) is generic \(place), and the grader cannot choose its parameters. It looks for: \(wanted)"
    }
    if let barrier = found.barrier {
      return
        "\(type) is \(barrier) \(place), so the grader cannot see it. Remove that word: \(wanted)"
    }
    if found.isConditional {
      return
        "\(type) is declared inside an #if \(place) that does not hold. Take it out of there: \(wanted)"
    }
    return "\(type) does not conform to \(requirement) \(place). The grader looks for: \(wanted)"
  }

  private static func absent(
    _ type: String, _ wanted: String, among declarations: [Declarations.Declaration]
  ) -> String {
    let near = declarations.filter { $0.keyword != "extension" && $0.name.utf8.count <= 64 }
      .map { ($0, editDistance($0.name.lowercased(), type.lowercased())) }
      .filter { $0.1 <= 2 }
      .min { $0.1 < $1.1 }?.0
    guard let near else {
      return "There is no type \(type) in it. The grader looks for: \(wanted)"
    }
    return """
      There is no type \(type) in it, only a \(near.keyword) \(near.name) (line \(near.line)). \
      The grader looks for: \(wanted)
      """
  }

  private static func obstacles(_ declaration: Declarations.Declaration) -> Int {
    (declaration.keyword == "typealias" || declaration.keyword == "protocol" ? 4 : 0)
      + (declaration.container == nil ? 0 : 2) + (declaration.isGeneric ? 1 : 0)
      + (declaration.barrier == nil ? 0 : 1) + (declaration.isConditional ? 1 : 0)
  }
}

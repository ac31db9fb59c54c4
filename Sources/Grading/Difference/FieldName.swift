import Exam

/// What a field of a fixture is called in a sentence: "the upstream gradient" for "input.upstream".
struct FieldName {
  /// The fields that lead to it, each with its places.
  private let fields: [(word: String, places: [Int])]

  init(path: String) {
    fields = path.split(separator: ".").map { field in
      let parts = field.split(separator: "[")
      return (String(parts.first ?? ""), parts.dropFirst().compactMap { Int($0.dropLast()) })
    }
  }

  /// The name of a matrix or a list: "W₁", "the inputs", "the starting θ₂".
  var ofMatrix: String {
    guard let (word, places) = fields.last else { return "" }
    let owner = fields.dropLast().last { !$0.places.isEmpty }
    if let symbol = Self.layerSymbols[word], let owner, let place = owner.places.last {
      return (owner.word == "gradients" ? "d" + symbol : symbol).subscripted(place + 1)
    }
    if let symbol = Self.symbols[word] { return symbol + whose }
    guard let place = places.last else { return "the " + Self.spaced(word) + whose }
    if word == "parameters" {
      let parameter = "θ".subscripted(place + 1)
      return (places.count > 1 ? "\(parameter) of epoch \(places[0])" : "the starting \(parameter)")
        + whose
    }
    let name = "the \(Self.ordinal(place)) \(Self.singular(word))"
    return (places.count > 1 ? "\(name) of step \(places[0] + 1)" : name) + whose
  }

  /// The name of a number: "β₁", "the learning rate", "the number of epochs".
  var ofNumber: String {
    guard let word = fields.last?.word else { return "" }
    if let symbol = Self.symbols[word] { return symbol }
    return "the " + (Self.counted.contains(word) ? "number of " : "") + Self.spaced(word)
  }

  /// " of the second sweep", " of the hidden layer".
  private var whose: String {
    for (word, places) in fields.dropLast().reversed() {
      if ["hidden", "output"].contains(word) { return " of the \(word) layer" }
      guard let place = places.last, word != "runs" || place > 0 else { continue }
      return " of the \(Self.ordinal(place)) \(word == "runs" ? "optimizer" : Self.singular(word))"
    }
    return ""
  }

  private static let layerSymbols = ["weights": "W", "biases": "b"]

  private static let symbols = [
    "beta1": "β₁", "beta2": "β₂", "epsilon": "ε", "lambda": "λ", "weightDecay": "λ", "gamma": "γ",
    "beta": "β", "rho": "ρ", "negativeSlope": "α", "w1": "W₁", "w2": "W₂", "w3": "W₃", "x": "X",
    "z": "z", "p": "p", "upstream": "the upstream gradient",
  ]

  private static let counted: Set<String> = [
    "calls", "classes", "epochs", "features", "rows", "steps", "totalSteps", "warmupSteps",
  ]

  /// "learning rate" for "learningRate".
  private static func spaced(_ word: String) -> String {
    word.reduce(into: "") { $0 += $1.isUppercase ? " " + $1.lowercased() : String($1) }
  }

  private static func singular(_ word: String) -> String {
    let spaced = spaced(word)
    let sibilants = ["sses", "ches", "shes", "xes"]
    if sibilants.contains(where: spaced.hasSuffix) { return String(spaced.dropLast(2)) }
    return spaced.hasSuffix("s") && !spaced.hasSuffix("ss") ? String(spaced.dropLast()) : spaced
  }

  /// "third" for 2.
  static func ordinal(_ place: Int) -> String {
    let words = [
      "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    ]
    return words.indices.contains(place) ? words[place] : "\(place + 1)th"
  }
}

extension String {
  /// Whether the verb behind it is "are": "predictions", and not "loss".
  var isPlural: Bool {
    let subject = split(separator: ": ").last ?? ""
    let first = subject.split(separator: " ").first { $0 != "the" } ?? ""
    return first.hasSuffix("s") && !["ss", "us", "is", "as"].contains { first.hasSuffix($0) }
  }

  /// "are right" for "is right", where the subject is plural.
  func agreeing(with subject: String) -> String {
    guard subject.isPlural else { return self }
    for (one, many) in [("is ", "are "), ("has ", "have ")] where hasPrefix(one) {
      return many + dropFirst(one.count)
    }
    return self
  }
}

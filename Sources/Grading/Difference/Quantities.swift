/// The quantities of some observations, each told once.
struct Quantities {
  private struct Known {
    let name: String
    let values: [Double]
  }

  private let known: [Known]

  /// Quantities that all observations have; of those that are always equal, the first.
  init(in observations: [Observation]) {
    var known: [Known] = []
    for (name, _) in observations.first?.numbers ?? [] {
      let values = observations.compactMap { observation in
        observation.numbers.first { $0.name == name }?.value
      }
      guard values.count == observations.count, Self.tells(values),
        !known.contains(where: { $0.values == values })
      else { continue }
      known.append(Known(name: name, values: values))
    }
    self.known = known
  }

  /// Whether that these values appear again can be no accident: they differ from draw to draw, or are no
  /// numbers that somebody would write.
  private static func tells(_ values: [Double]) -> Bool {
    guard values.allSatisfy({ $0.isFinite && $0 != 0 }) else { return false }
    return Set(values).count > 1 || values[0].plain == nil
  }

  /// How these coefficients, one for each observation, may be told: the simplest ways, equally good.
  func names(of coefficients: [Double]) -> [Coefficient] {
    guard let first = coefficients.first, coefficients.allSatisfy(\.isFinite) else { return [] }
    let isConstant = coefficients.allSatisfy {
      $0.isNear(first) || $0.plain == first.plain && $0.plain == 0
    }
    if isConstant, let plain = first.plain { return [.literal(plain)] }
    let simple = simple(coefficients)
    // A quantity itself is believed before what can be made of others.
    let itself = simple.filter { [.plain, .inverse].contains($0.form) }
    let fitting = itself.isEmpty ? simple + composed(coefficients) : itself
    if !fitting.isEmpty { return fitting.map { .named($0) } }
    return isConstant ? [.literal(first)] : []
  }

  private func simple(_ coefficients: [Double]) -> [Expression] {
    known.indices.flatMap { fitting([$0], coefficients) }
  }

  private func composed(_ coefficients: [Double]) -> [Expression] {
    known.indices.flatMap { one in
      known.indices.filter { $0 != one }.flatMap { fitting([one, $0], coefficients) }
    }
  }

  private func fitting(_ places: [Int], _ coefficients: [Double]) -> [Expression] {
    Expression.forms(of: places.count).flatMap { form -> [Expression] in
      // Which factor comes first says nothing.
      if [.product, .inverseProduct].contains(form), places[0] > places[1] { return [] }
      return [false, true].compactMap { isNegative in
        let expression = Expression(
          form: form, names: places.map { known[$0].name }, isNegative: isNegative)
        let holds = coefficients.indices.allSatisfy { draw in
          coefficients[draw].isNear(expression.value(of: places.map { known[$0].values[draw] }))
        }
        return holds ? expression : nil
      }
    }
  }
}

import Grading
import KataKit
import SharedAnswers

/// What a loss is asked for.
enum LossPart: String { case loss, gradient }

/// What goes into a site that loss and gradient pass, and for which of them.
typealias ForPart<Value> = (part: LossPart, value: Value)

/// A mistake of loss and gradient alike, and of either alone.
func inEachPart<Value, Output>(
  _ id: String, both: String, loss: String, gradient: String?,
  instead: @escaping @Sendable (Value) -> Output?
) -> [Mistake<ForPart<Value>, Output>] {
  func mistake(_ part: LossPart, _ sentence: String) -> Mistake<ForPart<Value>, Output> {
    Mistake("\(part)-\(id)", sentence) { $0.part == part ? instead($0.value) : nil }
  }
  let gradientsOwn = gradient.map { [mistake(.gradient, $0)] } ?? []
  return [Mistake(id, both) { instead($0.value) }, mistake(.loss, loss)] + gradientsOwn
}

/// A mistake of loss and gradient alike, and of either alone, whose sentence says which.
func inEachPart<Value, Output>(
  _ id: String, _ sentence: (String) -> String, instead: @escaping @Sendable (Value) -> Output?
) -> [Mistake<ForPart<Value>, Output>] {
  inEachPart(
    id, both: sentence("loss and gradient"), loss: sentence("loss"),
    gradient: sentence("gradient"), instead: instead)
}

/// Where losses of different kinds go wrong alike.
enum LossSites {
  /// What is divided by for the mean over all entries.
  static func mean(
    or others: [Mistake<ForPart<Shape>, Double>] = []
  ) -> Site<ForPart<Shape>, Double> {
    Site("mean") {
      $0.value.count
    } mistakes: {
      inEachPart(
        "summed", { "You did not divide the \($0) by the number of entries, rows × columns." }
      ) { _ in 1 }
      inEachPart(
        "mean-over-rows",
        { "You divided the \($0) by the number of rows; divide by rows × columns." }
      ) { Double($0.rows) }
      inEachPart(
        "mean-over-columns",
        { "You divided the \($0) by the number of columns; divide by rows × columns." }
      ) { Double($0.columns) }
      others
    }
  }

  static let lossSign = Site<Double, Double>(
    "loss-sign-flipped", "Your loss lacks its minus sign."
  ) { -$0 }

  static let source = Memory<Matrix>.source(of: "gradient", after: "loss", handed: "arguments")

  static func reduction(from arguments: String) -> Site<Matrix, Matrix> {
    Site(
      "gradient-summed-over-rows",
      "You reduced the gradient over the rows; give it the shape of the \(arguments)."
    ) { $0.sum(axis: 0) }
  }
}

extension Shape {
  var count: Double { Double(rows * columns) }
}

extension Matrix {
  /// The product entry by entry where 0 times anything is 0, as it is where a branch skips it.
  func skippingZeros(times other: Matrix) -> Matrix {
    let products = zip(elements, other.elements).map { $0 == 0 ? 0 : $0 * $1 }
    return Matrix(rows: rows, columns: columns, elements: products)
  }
}

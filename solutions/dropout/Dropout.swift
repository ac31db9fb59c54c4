import KataKit

struct Dropout: DropoutKata {
  private let dropProbability: Double

  // solution:begin What the backward pass needs to know goes here.
  /// For each entry 0 or 1/(1 − p); none after a pass at test time.
  private var mask: Matrix?
  // solution:end

  init(dropProbability: Double) {
    self.dropProbability = dropProbability
  }

  mutating func forward(
    _ x: Matrix, isTraining: Bool, using generator: inout SeededGenerator
  ) -> Matrix {
    // solution:begin
    guard isTraining else {
      mask = nil
      return x
    }
    let draws = Matrix.uniform(rows: x.rows, columns: x.columns, in: 0...1, using: &generator)
    // Divided by what is kept on average, the output has the expectation x.
    let mask = (draws .>= dropProbability) / (1 - dropProbability)
    self.mask = mask
    return x * mask
    // solution:end
  }

  func backward(upstream: Matrix) -> Matrix {
    // solution:begin
    guard let mask else { return upstream }
    return upstream * mask
    // solution:end
  }
}

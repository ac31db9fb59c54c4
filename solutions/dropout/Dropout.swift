import KataKit

struct Dropout: DropoutKata {
  private let dropProbability: Double

  // solution:begin What the backward pass needs to know goes here.
  /// Of the last pass in training: 0 or 1/(1 − p) for each entry.
  private var mask: Matrix?
  // solution:end

  init(dropProbability: Double) {
    self.dropProbability = dropProbability
  }

  mutating func forward(
    _ x: Matrix, isTraining: Bool, using generator: inout SeededGenerator
  ) -> Matrix {
    // solution:begin
    guard isTraining else { return x }
    let draws = Matrix.uniform(rows: x.rows, columns: x.columns, in: 0...1, using: &generator)
    // Dividing by the share that is kept makes the expected output x.
    let mask = (draws .>= dropProbability) / (1 - dropProbability)
    self.mask = mask
    return x * mask
    // solution:end
  }

  func backward(upstream: Matrix) -> Matrix {
    // solution:begin
    guard let mask else { preconditionFailure("backward before any forward pass in training") }
    return upstream * mask
    // solution:end
  }
}

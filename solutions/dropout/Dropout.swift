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
    // bug scaled-at-test-time: guard isTraining else { return x * (1 - dropProbability) }
    guard isTraining else { return x }
    // bug rows-dropped: let draws = Matrix.uniform(rows: x.rows, columns: 1, in: 0...1, using: &generator)
    // bug columns-dropped: let draws = Matrix.uniform(rows: 1, columns: x.columns, in: 0...1, using: &generator)
    let draws = Matrix.uniform(rows: x.rows, columns: x.columns, in: 0...1, using: &generator)
    // Dividing by the share that is kept makes the expected output x.
    // bug not-scaled: let mask = draws .>= dropProbability
    // bug scaled-by-drop-probability: let mask = (draws .>= dropProbability) / dropProbability
    // bug scaled-by-keep: let mask = (draws .>= dropProbability) * (1 - dropProbability)
    // bug mask-inverted: let mask = (draws .< dropProbability) / (1 - dropProbability)
    let mask = (draws .>= dropProbability) / (1 - dropProbability)
    self.mask = mask
    return x * mask
    // solution:end
  }

  func backward(upstream: Matrix) -> Matrix {
    // solution:begin
    guard let mask else { preconditionFailure("backward before any forward pass in training") }
    // bug scaled-again-backward: return upstream * mask / (1 - dropProbability)
    return upstream * mask
    // solution:end
  }
}

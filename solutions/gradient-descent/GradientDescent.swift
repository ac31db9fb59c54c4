import KataKit

struct GradientDescent: GradientDescentKata {
  func loss(at w: Matrix) -> Double {
    // solution:begin
    let (w1, w2) = (w[0, 0], w[0, 1])
    // bug loss-weight-missing: return (w1 - 2) * (w1 - 2) + (w2 + 1) * (w2 + 1)
    return (w1 - 2) * (w1 - 2) + 2 * (w2 + 1) * (w2 + 1)
    // solution:end
  }

  func gradient(at w: Matrix) -> Matrix {
    // solution:begin
    // bug weight-forgotten: [[2 * (w[0, 0] - 2), 2 * (w[0, 1] + 1)]]
    // bug gradient-second-sign: [[2 * (w[0, 0] - 2), 4 * (w[0, 1] - 1)]]
    // bug power-rule-forgotten: [[w[0, 0] - 2, 2 * (w[0, 1] + 1)]]
    [[2 * (w[0, 0] - 2), 4 * (w[0, 1] + 1)]]
    // solution:end
  }

  func path(
    from start: Matrix, along gradient: (Matrix) -> Matrix, learningRate: Double, steps: Int
  ) -> [Matrix] {
    // solution:begin
    var path = [start]
    // bug end-missing: for step in 0..<(steps - 1) {
    for step in 0..<steps {
      // bug gradient-of-start: path.append(path[step] - learningRate * gradient(start))
      // bug ascending: path.append(path[step] + learningRate * gradient(path[step]))
      path.append(path[step] - learningRate * gradient(path[step]))
    }
    return path
    // solution:end
  }
}

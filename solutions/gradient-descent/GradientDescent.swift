import KataKit

struct GradientDescent: GradientDescentKata {
  func loss(at w: Matrix) -> Double {
    // solution:begin
    let (w1, w2) = (w[0, 0], w[0, 1])
    return (w1 - 2) * (w1 - 2) + 2 * (w2 + 1) * (w2 + 1)
    // solution:end
  }

  func gradient(at w: Matrix) -> Matrix {
    // solution:begin
    [[2 * (w[0, 0] - 2), 4 * (w[0, 1] + 1)]]
    // solution:end
  }

  func path(from start: Matrix, learningRate: Double, steps: Int) -> [Matrix] {
    // solution:begin
    var path = [start]
    for step in 0..<steps {
      path.append(path[step] - learningRate * gradient(at: path[step]))
    }
    return path
    // solution:end
  }
}

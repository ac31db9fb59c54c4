import KataKit

struct MeanSquaredError: MeanSquaredErrorKata {
  func loss(predictions: Matrix, targets: Matrix) -> Double {
    // solution:begin
    let error = predictions - targets
    return (error * error).mean()
    // solution:end
  }

  func gradient(predictions: Matrix, targets: Matrix) -> Matrix {
    // solution:begin
    // The mean divides every entry's 2·(y − t) by the number of entries.
    2 * (predictions - targets) / Double(predictions.count)
    // solution:end
  }
}

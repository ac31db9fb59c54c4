import KataKit

struct MeanSquaredError: MeanSquaredErrorKata {
  func loss(predictions: Matrix, targets: Matrix) -> Double {
    // solution:begin
    let error = predictions - targets
    // bug loss-halved: return (error * error).mean() / 2
    // bug loss-mean-over-rows: return (error * error).sum() / Double(predictions.rows)
    // bug loss-square-of-mean: return error.mean() * error.mean()
    return (error * error).mean()
    // solution:end
  }

  func gradient(predictions: Matrix, targets: Matrix) -> Matrix {
    // solution:begin
    // The mean divides every entry's 2·(y − t) by the number of entries.
    // bug gradient-mean-over-rows: 2 * (predictions - targets) / Double(predictions.rows)
    // bug gradient-halved: (predictions - targets) / Double(predictions.count)
    // bug gradient-sign-flipped: 2 * (targets - predictions) / Double(predictions.count)
    2 * (predictions - targets) / Double(predictions.count)
    // solution:end
  }
}

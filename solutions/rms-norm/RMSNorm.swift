import KataKit

// To write: to be read; what stands between the markers is cut from the stub.
struct RMSNorm: RMSNormKata {
  func value(of inputs: Matrix) -> Matrix {
    // solution:begin
    inputs
    // solution:end
  }
}

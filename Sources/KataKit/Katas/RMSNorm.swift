/// To write: what it is, with formula, shapes, edge cases and source: the contract.
public protocol RMSNormKata {
  init()

  /// To write: Y, n × m.
  func value(of inputs: Matrix) -> Matrix
}

/// What moves parameters against their gradients, step by step.
public protocol Optimizer {
  /// One step of descent, in place.
  ///
  /// `parameters` and `gradients` have the same count and the same shapes, in every call. The parameters
  /// may have changed since the last call: the step moves those that it is given.
  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix])
}

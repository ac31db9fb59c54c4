/// What moves parameters against their gradients, step by step.
public protocol Optimizer {
  /// One step of descent, in place.
  ///
  /// `parameters` and `gradients` have the same count, and matrices of the same shapes, at every call.
  /// Others may have changed the parameters since the last one: the step moves what it is handed.
  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix])
}

/// A way in which a wrong answer may be right on every fixture that somebody happened to think of.
///
/// Of 792 wrong attempts written without sight of the suites 63 passed, and each of them along one of
/// these. So no suite is trusted to remember them: `AxisAudit` ruins the true answers along every axis,
/// and every suite has to notice, or to say why it need not.
enum Axis: String, Sendable {
  /// A value kept from another call. What passed: a gradient reused where the shapes match.
  case memory
  /// One row, one column, a single entry. What passed: biases that are neither clipped nor decayed, taken
  /// for an exception because they are 1 × n.
  case degenerateShapes = "degenerate shapes"
  /// Numbers far from 1. What passed: a cut at 1e-6 or ±500, `allclose` against 0.
  case scale
  /// Numbers that are nearly right. What passed: single precision, 1e-8 added to a slope.
  case precision
  /// Many steps. What passed: steps that end after so many, a best of the last three.
  case length
  /// Many rows. What passed: a shuffle within a buffer of 32, batches of a hundred.
  case count
  /// Draws that know of each other. What passed: rows that share a mask, centered rows and columns.
  case independence
  /// Values that somebody would treat apart. What passed: a constant column, a zero, a row given twice.
  case contradiction
}

/// One-hot rows from class labels, and labels from rows.
public protocol OneHotKata {
  init()

  /// For every label a row that is 1 in the label's column and 0 elsewhere; labels.count × classes.
  ///
  /// `labels` count from 0 and are below `classes`. Not every class need occur among them.
  func encode(_ labels: [Int], classes: Int) -> Matrix

  /// For every row the column of its greatest entry (argmax), the first of equals.
  ///
  /// The rows may be one-hot, probabilities or any finite scores; there is at least one column.
  func decode(_ scores: Matrix) -> [Int]
}

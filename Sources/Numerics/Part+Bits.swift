package import Exam
import KataKit

extension [Part] {
  /// Whether both hold exactly the same bits.
  package func isIdentical(to other: [Part]) -> Bool {
    count == other.count
      && zip(self, other).allSatisfy { one, two in
        one.name == two.name && one.value.shape == two.value.shape
          && zip(one.value.elements, two.value.elements).allSatisfy {
            $0.bitPattern == $1.bitPattern
          }
      }
  }
}

package import KataKit

package enum GradientClippingExam: Exam {
  package struct Fixture: Codable, Sendable {
    package var gradients: [Matrix]
    package var maximumNorm: Double

    package init(gradients: [Matrix], maximumNorm: Double) {
      self.gradients = gradients
      self.maximumNorm = maximumNorm
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    case everything
    /// The same of gradients ten times as long.
    case lengthened
  }

  package static let name = "gradient-clipping"
  package static let type = "GradientClipping"

  package static func subject(of type: any Any.Type) -> (any GradientClippingKata)? {
    (type as? any GradientClippingKata.Type)?.init()
  }

  package static func answer(
    of subject: any GradientClippingKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    let gradients =
      switch script {
      case .everything: fixture.gradients
      case .lengthened: fixture.gradients.map { $0 * 10 }
      }
    return subject.clipped(gradients, toNorm: fixture.maximumNorm).enumerated().map {
      Part("g".subscripted($0 + 1), $1, axes: "as handed in")
    }
  }
}

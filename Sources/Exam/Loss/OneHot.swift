package import KataKit

package enum OneHotExam: Exam {
  /// Labels to encode, and scores to decode.
  package struct Fixture: Codable, Sendable {
    package var labels: [Int]
    package var classes: Int
    /// n × classes.
    package var scores: Matrix

    package init(labels: [Int], classes: Int, scores: Matrix) {
      self.labels = labels
      self.classes = classes
      self.scores = scores
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    case everything, encode, decode
    /// What was encoded, decoded.
    case roundTrip
  }

  package static let name = "one-hot"
  package static let type = "OneHot"

  package static func subject(of type: any Any.Type) -> (any OneHotKata)? {
    (type as? any OneHotKata.Type)?.init()
  }

  package static func answer(
    of subject: any OneHotKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    func encoded() -> Matrix { subject.encode(fixture.labels, classes: fixture.classes) }
    func encode() -> Part { Part("encode", encoded(), axes: "labels × classes") }
    func decode(_ scores: Matrix) -> Part {
      Part("decode", subject.decode(scores).map { Double($0) })
    }
    switch script {
    case .everything: return [encode(), decode(fixture.scores)]
    case .encode: return [encode()]
    case .decode: return [decode(fixture.scores)]
    case .roundTrip:
      let encoded = encoded()
      return encoded.shape == fixture.scores.shape ? [decode(encoded)] : []
    }
  }
}

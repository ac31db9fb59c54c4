import KataKit

package enum HeInitExam: DrawnLayerExam {
  package static let name = "he-init"
  package static let type = "HeInit"

  package static func subject(of type: any Any.Type) -> LayerDraw? {
    guard let kata = (type as? any HeInitKata.Type)?.init() else { return nil }
    return { kata.layer(fanIn: $0, fanOut: $1, using: &$2) }
  }
}

import KataKit

package enum XavierInitExam: DrawnLayerExam {
  package static let name = "xavier-init"
  package static let type = "XavierInit"

  package static func subject(of type: any Any.Type) -> LayerDraw? {
    guard let kata = (type as? any XavierInitKata.Type)?.init() else { return nil }
    return { kata.layer(fanIn: $0, fanOut: $1, using: &$2) }
  }
}

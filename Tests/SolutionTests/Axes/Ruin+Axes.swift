import Exam
import KataKit
import Numerics

@testable import Grading

extension Ruin {
  /// Every ruin that there is for a kata with these questions.
  ///
  /// What is sent or answered in a single case is there for that case's own check, and may be as it is.
  static func all(for scenes: [AxisScene]) -> [Ruin] {
    let kinds = scenes.flatMap(\.kinds).uniqued()
    let common = kinds.filter { kind in scenes.filter { $0.kinds.contains(kind) }.areOfSeveral }
    return (common.isEmpty ? kinds : common).flatMap { kind in
      let own = scenes.filter { $0.kinds.contains(kind) }
      let values = own.flatMap { scene in
        zip(scene.parts, scene.kinds).filter { $1 == kind }.map(\.0)
      }
      return ofValues(kind, values) + ofSeries(kind, values)
        + (own.contains(where: \.hasSeed) && values.contains { $0.value.isTable }
          ? ofDraws(kind) : [])
    } + ofMatrices(scenes) + ofLists(scenes)
  }

  // MARK: By what is sent

  private static func ofMatrices(_ scenes: [AxisScene]) -> [Ruin] {
    let fields = scenes.flatMap(\.matrices).map(\.kind).uniqued()
    let ofFields = fields.flatMap { field -> [Ruin] in
      let own = scenes.filter { $0.matrices.contains { $0.kind == field } }
      guard own.areOfSeveral else { return [] }
      let values = own.flatMap(\.matrices).filter { $0.kind == field }.map(\.value)
      let isTable = values.contains(where: \.isTable)
      let isReal = values.contains(where: \.isReal)
      return MatrixSituation.all.filter {
        (isTable || !$0.isOfTables) && (isReal || $0.axis == .degenerateShapes)
      }.map { situation in
        Ruin(
          axis: situation.axis, name: "where \(field) \(situation.what)",
          isMet: { $0.matrices.contains { $0.kind == field && situation.holds($0.value) } },
          change: { spoiled($0.value) })
      }
    }
    guard !fields.isEmpty else { return [] }
    return ofFields + [
      Ruin(
        axis: .count, name: "of more than 32 rows",
        isMet: { $0.matrices.contains { $0.value.rows > 32 } }, change: { spoiled($0.value) })
    ]
  }

  private static func ofLists(_ scenes: [AxisScene]) -> [Ruin] {
    scenes.flatMap(\.lists).map(\.kind).uniqued().flatMap { field -> [Ruin] in
      let own = scenes.filter { $0.lists.contains { $0.kind == field } }
      guard own.areOfSeveral else { return [] }
      let situations: [(Axis, String, ([Double]) -> Bool)] = [
        (.degenerateShapes, "has one number", { $0.count == 1 }),
        (.length, "has more than 30 numbers", { $0.count > 30 }),
      ]
      return situations.map { axis, what, holds in
        Ruin(
          axis: axis, name: "where \(field) \(what)",
          isMet: { $0.lists.contains { $0.kind == field && holds($0.value) } },
          change: { spoiled($0.value) })
      }
    }
  }

  // MARK: By what is answered

  private static func ofValues(_ kind: String, _ parts: [Part]) -> [Ruin] {
    let ruins = [
      Ruin(axis: .scale, name: "\(kind) below 1e-6 is 0", kind: kind) {
        $0.value.map { abs($0) < 1e-6 ? 0 : $0 }
      },
      Ruin(axis: .scale, name: "\(kind) below 1e-6 is 0 beside 1", kind: kind) {
        $0.value.largestMagnitude < 1 ? $0.value : $0.value.map { abs($0) < 1e-6 ? 0 : $0 }
      },
      Ruin(axis: .scale, name: "\(kind) above 1e6 is 1e6", kind: kind) {
        $0.value.map { min(max($0, -1e6), 1e6) }
      },
      Ruin(axis: .precision, name: "\(kind) in single precision", kind: kind) {
        $0.value.map { Double(Float($0)) }
      },
      Ruin(axis: .precision, name: "\(kind) plus 1e-8", kind: kind) { $0.value + 1e-8 },
    ]
    guard parts.contains(where: { !$0.isList && $0.value.isTable }) else { return ruins }
    return ruins
      + MatrixSituation.shapes.map { situation in
        Ruin(axis: .degenerateShapes, name: "\(kind) \(situation.what)", kind: kind) {
          situation.holds($0.value) ? spoiled($0.value) : $0.value
        }
      }
  }

  private static func ofSeries(_ kind: String, _ parts: [Part]) -> [Ruin] {
    var ruins: [Ruin] = []
    if Set(parts.compactMap(\.name.firstNumber)).count > 2 {
      ruins.append(
        Ruin(axis: .length, name: "\(kind) from number 31 on", kind: kind) {
          ($0.name.firstNumber ?? 0) > 30 ? spoiled($0.value) : $0.value
        })
    }
    if parts.contains(where: { $0.isList && $0.value.count > 2 }) {
      ruins.append(
        Ruin(axis: .length, name: "\(kind) from place 31 on", kind: kind) { part in
          let elements = part.value.elements.enumerated().map { $0 < 30 ? $1 : -2 * $1 - 1 }
          return Matrix(rows: part.value.rows, columns: part.value.columns, elements: elements)
        })
    }
    return ruins
  }

  private static func ofDraws(_ kind: String) -> [Ruin] {
    func ruin(_ what: String, _ change: @escaping (Matrix) -> Matrix) -> Ruin {
      Ruin(axis: .independence, name: "\(kind): \(what)", kind: kind) {
        $0.value.isTable ? change($0.value) : $0.value
      }
    }
    func paired(_ value: Matrix) -> Matrix { value.gather(rows: (0..<value.rows).map { $0 & ~1 }) }
    return [
      ruin("rows in pairs", paired),
      ruin("columns in pairs") { paired($0.transposed).transposed },
      ruin("centered rows") { $0 - $0.mean(axis: 1) },
      ruin("centered columns") { $0 - $0.mean(axis: 0) },
    ]
  }
}

extension [AxisScene] {
  /// Whether they are of two cases or more.
  fileprivate var areOfSeveral: Bool { Set(map(\.probe)).count > 1 }
}

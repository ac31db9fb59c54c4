import KataKit

/// All data in a fixture, each with the path of fields that leads to it: "layers[0].weights".
struct FixtureLeaves {
  enum Value {
    case matrix(Matrix)
    case list([Double])
    case number(Double)
    case count(Int)
    /// What a generator starts from.
    case seed
  }

  private(set) var all: [(path: String, value: Value)] = []

  init(of fixture: Any) { read(fixture, path: "") }

  private mutating func read(_ value: Any, path: String) {
    switch value {
    case let matrix as Matrix: all.append((path, .matrix(matrix)))
    case let list as [Double]: all.append((path, .list(list)))
    case let list as [Int]: all.append((path, .list(list.map(Double.init))))
    case let number as Double: all.append((path, .number(number)))
    case let count as Int: all.append((path, .count(count)))
    case is UInt64: all.append((path, .seed))
    default: readChildren(of: value, path: path)
    }
  }

  private mutating func readChildren(of value: Any, path: String) {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .collection:
      for (index, child) in mirror.children.enumerated() {
        read(child.value, path: "\(path)[\(index)]")
      }
    case .optional: for child in mirror.children { read(child.value, path: path) }
    case .struct, .tuple, .enum, .class:
      for child in mirror.children {
        let label = child.label ?? ""
        read(child.value, path: path.isEmpty ? label : "\(path).\(label)")
      }
    default: break
    }
  }
}

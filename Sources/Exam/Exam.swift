package import KataKit

/// How one kata is put to an attempt: what is sent, and which calls are made with it.
///
/// It holds no answer. It is all that the process in which an attempt runs knows of the kata, and the
/// references are put through the same scripts.
package protocol Exam: Sendable {
  /// What a script calls: an instance of the learner's type, or a way to make one.
  associatedtype Subject
  /// The data that a question is about.
  associatedtype Fixture: Codable & Sendable
  /// What is asked of a fixture.
  associatedtype Script: RawRepresentable & CaseIterable & Sendable where Script.RawValue == String

  /// The name of the kata on the command line, and of its folders.
  static var name: String { get }

  /// The type that the learner writes.
  static var type: String { get }

  /// The learner's type as a subject, made now, or nil when it does not conform to the kata's protocol.
  static func subject(of type: any Any.Type) -> Subject?

  /// Everything that `script` asks of the subject, in the order of computation.
  ///
  /// It must not trap whatever the subject returns.
  static func answer(of subject: Subject, to script: Script, on fixture: Fixture) -> [Part]
}

/// The script of a kata that has only one.
package enum Whole: String, CaseIterable, Sendable {
  case everything
}

/// One named part of an answer.
package struct Part: Equatable, Sendable {
  package let name: String
  package let value: Matrix
  /// What the rows and columns are: "inputs × outputs".
  package let axes: String?
  /// Whether it is a list of numbers, which has places and no shape.
  package let isList: Bool

  package init(_ name: String, _ value: Matrix, axes: String? = nil) {
    self.init(name, value, axes: axes, isList: false)
  }

  /// A list of numbers.
  package init(_ name: String, _ values: [Double]) {
    let row = Matrix(rows: 1, columns: values.count, elements: values)
    self.init(name, row, axes: nil, isList: true)
  }

  package init(_ name: String, _ value: Double) {
    self.init(name, Matrix(rows: 1, columns: 1, elements: [value]))
  }

  init(_ name: String, _ value: Matrix, axes: String?, isList: Bool) {
    self.name = name
    self.value = value
    self.axes = axes
    self.isList = isList
  }
}

/// On its way it has a name and numbers; what its axes are its receiver knows.
extension Part: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(name)
    try container.encode(value)
    try container.encode(isList)
  }

  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    let name = try container.decode(String.self)
    let value = try container.decode(Matrix.self)
    self.init(name, value, axes: nil, isList: try container.decode(Bool.self))
  }
}

extension [Part] {
  /// The values of all parts of this name, in their order.
  package func values(_ name: String) -> [Matrix] { filter { $0.name == name }.map(\.value) }

  /// The value of the first part of this name; empty where there is none.
  package func value(_ name: String) -> Matrix {
    first { $0.name == name }?.value ?? Matrix(rows: 0, columns: 0)
  }

  /// The first number of the part of this name; NaN where there is none.
  package func number(_ name: String) -> Double { value(name).elements.first ?? .nan }
}

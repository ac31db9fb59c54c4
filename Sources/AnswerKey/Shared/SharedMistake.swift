package import Grading

package typealias Code<Input, Output> = @Sendable (Input) -> Output
package typealias PartPath<Whole, Value> = any WritableKeyPath<Whole, Value> & Sendable

/// What two methods compute alike: the callee is there for it, the caller calls it or repeats its lines.
package struct Shared<Input, Output>: Sendable {
  package var both: Code<Input, Output>
  /// What one of them has instead, where it is wrong alone.
  package var calleeAlone: Code<Input, Output>?
  package var callerAlone: Code<Input, Output>?

  package init(_ both: @escaping Code<Input, Output>) { self.both = both }

  package subscript(role: Role) -> Code<Input, Output> {
    switch role {
    case .callee: calleeAlone ?? both
    case .caller: callerAlone ?? both
    }
  }
}

/// What people write for something that two methods share.
package struct SharedMistake<Input, Output>: Sendable {
  package let id: String
  package let words: String
  /// Who may be wrong while the other one is right.
  package let alone: Set<Role>
  /// How the sentence starts where the caller alone is wrong, if not as those of the other mistakes.
  package let ofCaller: String?
  package let instead: Code<Input, Output>

  package init(
    _ id: String, _ words: String, alone: Set<Role> = [.callee, .caller], ofCaller: String? = nil,
    instead: @escaping Code<Input, Output>
  ) {
    (self.id, self.words, self.alone, self.ofCaller) = (id, words, alone, ofCaller)
    self.instead = instead
  }
}

/// The mistakes in something that two methods share, made by replacing it among the parts of a
/// computation.
///
/// The site where it is replaced in both comes after the one where it is replaced in one of them.
package struct SharedMistakes<Parts, Input, Output>: Sendable {
  private let part: PartPath<Parts, Shared<Input, Output>>
  /// The name of the caller.
  private let caller: String
  /// How the sentences start where both are wrong, and where one is alone.
  private let subjects: (both: String, callee: String, caller: String)
  private let list: [SharedMistake<Input, Output>]

  package init(
    of part: PartPath<Parts, Shared<Input, Output>>, or caller: String,
    _ subjects: (both: String, callee: String, caller: String),
    @SharedMistakeList<Input, Output> mistakes: () -> [SharedMistake<Input, Output>]
  ) {
    (self.part, self.caller, self.subjects, list) = (part, caller, subjects, mistakes())
  }

  /// Wrong in both methods: what the callee would have alone no longer shows.
  package var inBoth: [Mistake<Parts, Parts>] {
    list.map { mistake in
      Mistake(mistake.id, subjects.both + mistake.words) { [part] parts in
        var parts = parts
        parts[keyPath: part].both = mistake.instead
        parts[keyPath: part].calleeAlone = nil
        return parts
      }
    }
  }

  /// Some of them, wrong wherever `change` puts them.
  package func mistakes(
    _ ids: Set<String>, named end: String, _ subject: String,
    change: @escaping @Sendable (inout Parts, @escaping Code<Input, Output>) -> Void
  ) -> [Mistake<Parts, Parts>] {
    list.filter { ids.contains($0.id) }.map { mistake in
      Mistake(mistake.id + end, subject + mistake.words) { parts in
        var parts = parts
        change(&parts, mistake.instead)
        return parts
      }
    }
  }

  /// Wrong in one method, while the other is right.
  ///
  /// Where the caller can leave the shared code out, they belong to the site of that: beside it, a callee
  /// that is wrong alone would be the same as both wrong.
  package var inOne: [Mistake<Parts, Parts>] {
    list.flatMap { mistake in
      mistake.alone.sorted { one, _ in one == .callee }.map { role in
        let end = role == .callee ? "-not-in-" : "-in-"
        let subject = role == .callee ? subjects.callee : mistake.ofCaller ?? subjects.caller
        return Mistake(mistake.id + end + caller, subject + mistake.words) { [part] parts in
          var parts = parts
          if role == .callee {
            parts[keyPath: part].calleeAlone = mistake.instead
          } else {
            parts[keyPath: part].callerAlone = mistake.instead
          }
          return parts
        }
      }
    }
  }
}

/// Lists shared mistakes one below the other, each type-checked by itself.
@resultBuilder
package enum SharedMistakeList<Input, Output> {
  package static func buildExpression(
    _ mistake: SharedMistake<Input, Output>
  ) -> SharedMistake<Input, Output> { mistake }

  package static func buildBlock(
    _ mistakes: SharedMistake<Input, Output>...
  ) -> [SharedMistake<Input, Output>] { mistakes }
}

extension Mistake where Input == Output {
  /// Other code for one part of a computation.
  package init<From, To>(
    _ id: String, _ sentence: String, for part: PartPath<Input, Code<From, To>>,
    instead: @escaping Code<From, To>
  ) {
    self.init(id, sentence) { parts in
      var parts = parts
      parts[keyPath: part] = instead
      return parts
    }
  }
  /// Another value of one part of a computation.
  package init<Value: Sendable>(
    _ id: String, _ sentence: String, setting part: PartPath<Input, Value>, to value: Value
  ) {
    self.init(id, sentence) { parts in
      var parts = parts
      parts[keyPath: part] = value
      return parts
    }
  }
}

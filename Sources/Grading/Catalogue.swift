/// Katas in an order in which they can be practiced, each with its suite.
package struct Catalogue: Sendable {
  package let suites: [any Suite.Type]

  package init(_ suites: [any Suite.Type]) { self.suites = suites }

  package var katas: [Kata] { suites.map { $0.kata } }

  package func suite(named name: String) -> (any Suite.Type)? {
    suites.first { $0.kata.name == name }
  }

  /// What a mistake in `kata` is, as one sentence to who made it; nil for one that is no longer known.
  package func sentence(ofMistake id: String, in kata: String) -> String? {
    suite(named: kata)?.sentence(ofMistake: id)
  }
}

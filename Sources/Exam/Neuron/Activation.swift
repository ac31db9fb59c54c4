package import KataKit

/// Pre-activations, and what comes back from the layer above.
package struct ActivationFixture: Codable, Sendable {
  package var z: Matrix
  package var upstream: Matrix

  package init(z: Matrix, upstream: Matrix) {
    self.z = z
    self.upstream = upstream
  }
}

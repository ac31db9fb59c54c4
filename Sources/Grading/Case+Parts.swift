extension Case {
  /// A fixture of this family as a part of another one's: from the same two streams.
  package func fixture(using generator: inout FixtureGenerator) -> Fixture { draw(&generator) }
}

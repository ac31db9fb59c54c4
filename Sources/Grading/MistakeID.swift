import Synchronization

/// Whose mistakes stand at sites.
package protocol MistakeHome: Sendable {
  /// Everything that its sites list.
  static var mistakes: MistakeCatalogue { get }
}

/// The mistakes that the sites of one suite list, in their order.
package struct MistakeCatalogue: Sendable {
  package struct Entry: Sendable {
    let id: String
    let sentence: String
    let site: String
    /// Where in the list of its site it stands.
    let place: Int
    let roles: Set<Role>
  }

  let entries: [Entry]

  /// The names of the sites.
  package var sites: Set<String> { Set(entries.map(\.site)) }

  /// - Precondition: no two sites have the same name, and no two mistakes the same identifier.
  package init(at sites: [any SiteListing]) {
    entries = sites.flatMap(\.entries)
    let names = Dictionary(grouping: sites, by: \.name).filter { $0.value.count > 1 }.keys
    precondition(names.isEmpty, "two sites with one name: \(names.sorted())")
    let ids = Dictionary(grouping: entries, by: \.id).filter { $0.value.count > 1 }.keys
    precondition(ids.isEmpty, "two mistakes with one identifier: \(ids.sorted())")
  }
}

/// A site, whatever goes in and comes out.
package protocol SiteListing: Sendable {
  var name: String { get }
  var entries: [MistakeCatalogue.Entry] { get }
}

extension Site: SiteListing {
  /// A mistake that a caller may repeat is up to three: by both methods, by either alone.
  package var entries: [MistakeCatalogue.Entry] {
    mistakes.enumerated().flatMap { place, mistake in
      func entry(_ end: String, _ subject: String, _ roles: Set<Role>) -> MistakeCatalogue.Entry {
        .init(
          id: mistake.id + end, sentence: subject + mistake.sentence, site: name, place: place,
          roles: roles)
      }
      guard let caller else { return [entry("", subject, [.callee])] }
      if mistake.isCallersOnly { return [entry("", caller.subject, [.caller])] }
      let calleeSubject = caller.calleeSubject ?? subject
      return [entry("", subject, [.callee, .caller])]
        + [
          entry("-not-in-\(caller.name)", calleeSubject, [.callee]),
          entry("-in-\(caller.name)", caller.subject, [.caller]),
        ].filter { $0.roles.isSubset(of: mistake.alone) }
    }
  }
}

extension Site {
  /// This site with those of its mistakes alone that people make in one kata of a family.
  ///
  /// - Precondition: it lists them all.
  package func only(_ ids: String...) -> any SiteListing {
    let chosen = entries.filter { ids.contains($0.id) }
    precondition(chosen.count == ids.count, "\(name) does not list all of \(ids)")
    return Selection(name: name, entries: chosen)
  }
}

private struct Selection: SiteListing {
  let name: String
  let entries: [MistakeCatalogue.Entry]
}

/// One mistake of the catalogue of a suite.
///
/// The raw value is the identifier that programs read, in kebab-case.
package struct MistakeID<Home: MistakeHome>: CaseIterable, Hashable, RawRepresentable, Sendable,
  CustomStringConvertible
{
  private let index: Int

  package static var allCases: [Self] { Home.mistakes.entries.indices.map(Self.init(index:)) }

  private init(index: Int) { self.index = index }

  package init?(rawValue: String) {
    guard let index = Home.mistakes.entries.firstIndex(where: { $0.id == rawValue }) else {
      return nil
    }
    self.index = index
  }

  var entry: MistakeCatalogue.Entry { Home.mistakes.entries[index] }
  package var rawValue: String { entry.id }
  package var sentence: String { entry.sentence }
  package var site: String { entry.site }
  package var description: String { entry.id }

  /// Every set of exactly `size` mistakes that can be made together, in the order of the catalogue.
  package static func sets(of size: Int) -> [Set<Self>] {
    let all = allCases
    let sites = all.map(\.site)
    func extend(_ chosen: [Int], from start: Int) -> [Set<Self>] {
      if chosen.count == size { return [Set(chosen.map { all[$0] })] }
      return (start..<all.count).flatMap { next -> [Set<Self>] in
        if chosen.contains(where: { sites[$0] == sites[next] }) { return [] }
        return extend(chosen + [next], from: next + 1)
      }
    }
    return extend([], from: 0)
  }

  /// Explanations as they are reported.
  package static func named(_ explanations: [Set<Self>]) -> [NamedMistake] {
    explanations.enumerated().flatMap { index, mistakes in
      allCases.filter(mistakes.contains).map {
        NamedMistake(
          id: $0.rawValue, sentence: $0.sentence,
          alternative: explanations.count > 1 ? index + 1 : nil)
      }
    }
  }

  package static func == (one: Self, other: Self) -> Bool { one.index == other.index }
  package func hash(into hasher: inout Hasher) { hasher.combine(index) }
}

/// A computation that makes some mistakes and is right everywhere else.
package struct Computation<Home: MistakeHome>: Sendable {
  private let made: [MistakeCatalogue.Entry]
  private let visits: SiteVisits?

  package init(making mistakes: Set<MistakeID<Home>> = []) {
    made = mistakes.map { $0.entry }
    visits = nil
  }

  /// A flawless computation that tells which sites it came by.
  package init(recording visits: SiteVisits) {
    made = []
    self.visits = visits
  }

  /// The output of `site`.
  package func callAsFunction<Input, Output>(
    _ site: Site<Input, Output>, _ input: Input, by role: Role = .callee
  ) -> Output {
    if let visits, !site.mistakes.isEmpty { visits.insert(site.name) }
    for mistake in made where mistake.site == site.name && mistake.roles.contains(role) {
      return site.output(for: input, making: mistake.place)
    }
    return site.output(for: input, making: nil)
  }
}

/// The names of the sites that a computation came by.
package final class SiteVisits: Sendable {
  private let visited = Mutex<Set<String>>([])

  package init() {}

  package var names: Set<String> { visited.withLock { $0 } }

  func insert(_ name: String) { _ = visited.withLock { $0.insert(name) } }
}

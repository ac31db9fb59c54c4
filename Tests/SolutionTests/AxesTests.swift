import AnswerKey
import Grading
import Testing

@Suite("No suite leaves an axis open")
struct AxesTests {
  @Test(
    "a truth ruined along an axis is caught, but where that is known not to be",
    arguments: Catalogue.curriculum.katas.map(\.name))
  func escapes(kata: String) throws {
    let suite = try #require(Catalogue.curriculum.suite(named: kata))
    let audits = ([1, 2] as [UInt64]).map { AxisAudit(suite, seed: $0) }
    #expect(audits.allSatisfy { $0.tried > 3 })
    let escapes = Set(audits.flatMap(\.escapes))
    let exemptions = AxisExemption.all.filter { $0.kata == kata }
    let open = escapes.filter { escape in !exemptions.contains { $0.covers(escape.ruin) } }
    #expect(open.map { "\($0.axis.rawValue): \($0.ruin)" }.sorted() == [])
    let unneeded = exemptions.filter { exemption in
      !escapes.contains { exemption.covers($0.ruin) }
    }
    #expect(unneeded.map(\.pattern) == [])
  }

  @Test("an exemption belongs to a kata")
  func exemptions() {
    let katas = Set(Catalogue.curriculum.katas.map(\.name))
    #expect(AxisExemption.all.filter { !katas.contains($0.kata) }.map(\.kata) == [])
  }
}

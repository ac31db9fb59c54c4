import Foundation
import TestSupport
import Testing

@testable import GradeCommand

@Suite("grade api tells what an attempt may call")
struct APITests {
  let checkout: Checkout

  init() throws { checkout = try Checkout() }

  @Test("a name shows its declaration and what its doc comment says")
  func name() throws {
    let run = try checkout.run("api", "matmul")
    #expect(run.code == .passed)
    #expect(
      run.output == """
        func matmul(_ other: Matrix) -> Matrix  of Matrix
          The matrix product Cᵢⱼ = Σₖ AᵢₖBₖⱼ, `A @ B`: (n×k) · (k×m) is n×m.
          An inner dimension of 0 gives zeros.

        """)
  }

  @Test(
    "NumPy's name finds it, too",
    arguments: [
      ("@", "func matmul("), ("T", "var transposed"), ("A.T", "var transposed"),
      ("np.zeros_like", "static func zeros(like"), ("np.random.randn", "static func normal<"),
      ("X[a:b]", "func slice(rows"), ("np.clip", "func clamped(to"), (".>", "static func .>"),
      ("-=", "static func -="), ("shape", "var shape"), ("scipy.special.erf", "func erf("),
      ("[row:]", "subscript(row index"), ("Matrix", "struct Matrix"), ("SUM", "func sum()"),
      ("np.linalg.norm", "There is no np.linalg.norm; write sqrt((x * x).sum())"),
    ])
  func numpy(word: String, declaration: String) throws {
    let run = try checkout.run("api", word)
    #expect(run.output.contains(declaration), "\(run)")
    #expect(run.code == .passed)
  }

  @Test(
    "an unknown name: the nearest one, and 64",
    arguments: [
      ("maximun", "nothing is called 'maximun'; did you mean 'maximum'?"),
      ("qqqqqqqq", "nothing is called 'qqqqqqqq'; 'swift run grade api' lists what is"),
    ])
  func unknown(word: String, sentence: String) throws {
    let run = try checkout.run("api", word)
    #expect(run.notes == "grade: \(sentence)\n")
    #expect(run.code == .wrongUsage)
  }

  @Test("the list has every entry, no wider than the screen, and all answer to their own names")
  func list() throws {
    let run = try checkout.run("api")
    let reference = try KataKitReference(in: checkout.project)
    #expect(reference.entries.count > 60)
    for entry in reference.entries {
      #expect(run.output.contains(entry.call))
      for word in [entry.name, entry.call] + entry.numpy {
        #expect(reference.entries(for: word).contains(entry), "\(word) does not find \(entry.call)")
      }
    }
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("what cannot be called is not listed, nor what has no doc comment")
  func listed() {
    let source = """
      extension Matrix {
        /// Listed.
        @inlinable
        public func f(
          _ a: Double, by b: [Int] = []
        ) -> Double { 1 }

        /// Not to be called.
        @available(*, unavailable, message: "no")
        public var T: Matrix { todo() }

        public var undocumented: Int { 1 }

        /// Ours.
        var inner: Int { 1 }
      }
      """
    let entries = KataKitReference.entries(of: source)
    #expect(entries.map(\.call) == [".f(_:by:)"])
    #expect(entries.first?.declaration == "func f(_ a: Double, by b: [Int] = []) -> Double")
  }
}

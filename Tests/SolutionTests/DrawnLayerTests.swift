import Exam
import InitializationAnswers
import KataKit
import Testing

@testable import Grading

@Suite("xavier-init and he-init ask for a variance, and not for a distribution")
struct DrawnLayerTests {
  @Test("A mistake of the variance is named from a normal and from a uniform alike")
  func eitherForm() {
    let he: [(String, Variance)] = [
      ("le-cun", { fanIn, _ in 1 / fanIn }), ("fan-out", { _, fanOut in 2 / fanOut }),
      ("fan-average", { fanIn, fanOut in 4 / (fanIn + fanOut) }),
      ("uniform-within-deviation", { fanIn, _ in 2 / fanIn / 3 }),
      ("bound-for-deviation", { fanIn, _ in 6 / fanIn }),
    ]
    let xavier: [(String, Variance)] = [
      ("le-cun", { fanIn, _ in 1 / fanIn }), ("he", { fanIn, _ in 2 / fanIn }),
      ("half-variance", { fanIn, fanOut in 1 / (fanIn + fanOut) }),
      ("fan-mean-of-integers", { fanIn, fanOut in 1 / ((fanIn + fanOut) / 2).rounded(.down) }),
      ("tanh-gain", { fanIn, fanOut in 25 / 9 * 2 / (fanIn + fanOut) }),
    ]
    for isUniform in [false, true] {
      for (mistake, variance) in he {
        let draw = layers(of: variance, isUniform: isUniform)
        #expect(named(in: HeInitSuite.self, by: draw) == [mistake], "uniform: \(isUniform)")
      }
      for (mistake, variance) in xavier {
        let draw = layers(of: variance, isUniform: isUniform)
        #expect(named(in: XavierInitSuite.self, by: draw) == [mistake], "uniform: \(isUniform)")
      }
    }
  }

  @Test("neither a normal nor a uniform: coins and logistic draws fail")
  func otherForms() {
    func failing(_ draw: @escaping (inout SeededGenerator) -> Double) -> Bool {
      let insider = Insider<HeInitSuite> {
        { fanIn, fanOut, generator in
          let scale = (2 / Double(fanIn)).squareRoot()
          let weights = Matrix(rows: fanIn, columns: fanOut).map { _ in scale * draw(&generator) }
          return DenseLayer(weights: weights, biases: Matrix(rows: 1, columns: fanOut))
        }
      }
      var examination = Examination(insider, paper: Paper(seed: 3))
      return examination.run().contains { $0.status != .passed }
    }
    #expect(!failing { $0.normal() })
    #expect(failing { $0.uniform() < 0.5 ? -1 : 1 })
    #expect(
      failing {
        let p = $0.uniform()
        return log(p / (1 - p)) * 3.squareRoot() / Double.pi
      })
  }

  private typealias Variance = (Double, Double) -> Double

  private func layers(of variance: @escaping Variance, isUniform: Bool) -> LayerDraw {
    { fanIn, fanOut, generator in
      let deviation = variance(Double(fanIn), Double(fanOut)).squareRoot()
      let weights = Matrix(rows: fanIn, columns: fanOut).map { _ in
        deviation * (isUniform ? (generator.uniform() - 0.5) * 12.squareRoot() : generator.normal())
      }
      return DenseLayer(weights: weights, biases: Matrix(rows: 1, columns: fanOut))
    }
  }

  private func named<S: DrawnLayerSuite>(in suite: S.Type, by draw: @escaping LayerDraw) -> [String]
  {
    var examination = Examination(Insider<S> { draw }, paper: Paper(seed: 3))
    _ = examination.run()
    return examination.explanations().flatMap { $0.map(\.rawValue) }
  }
}

import KataKit

extension CorrectAnswers {
  static let symmetryBreaking = CorrectAnswers(
    kata: "symmetry-breaking",
    variants: [
      LoopedSymmetry.self, RecursiveSymmetry.self, StackedSymmetry.self, ShiftedSymmetry.self,
      GroupedSymmetry.self, RowByRowSymmetry.self,
    ])
}

/// One number at a time.
private struct LoopedSymmetry: SymmetryBreakingKata {
  func train(
    _ layers: [DenseLayer], inputs: Matrix, targets: Matrix, learningRate: Double, steps: Int
  ) -> [DenseLayer] {
    var layers = layers
    let (n, units, classes) = (inputs.rows, layers[0].weights.columns, targets.columns)
    for _ in 0..<steps {
      var moved = layers
      for row in 0..<n {
        var a = [Double](repeating: 0, count: units)
        for j in 0..<units {
          var z = layers[0].biases[0, j]
          for i in 0..<inputs.columns { z += inputs[row, i] * layers[0].weights[i, j] }
          a[j] = tanh(z)
        }
        var p = (0..<classes).map { k in
          exp((0..<units).reduce(layers[1].biases[0, k]) { $0 + a[$1] * layers[1].weights[$1, k] })
        }
        let sum = p.reduce(0, +)
        for k in 0..<classes { p[k] = (p[k] / sum - targets[row, k]) * learningRate / Double(n) }
        for j in 0..<units {
          var delta = 0.0
          for k in 0..<classes {
            delta += p[k] * layers[1].weights[j, k]
            moved[1].weights[j, k] -= p[k] * a[j]
          }
          delta *= (1 + a[j]) * (1 - a[j])
          moved[0].biases[0, j] -= delta
          for i in 0..<inputs.columns { moved[0].weights[i, j] -= delta * inputs[row, i] }
        }
        for k in 0..<classes { moved[1].biases[0, k] -= p[k] }
      }
      layers = moved
    }
    return layers
  }

  func distinctUnits(in hidden: DenseLayer, inputs: Matrix) -> Int {
    var count = 0
    func activation(_ row: Int, _ unit: Int) -> Double {
      var z = hidden.biases[0, unit]
      for i in 0..<inputs.columns { z += inputs[row, i] * hidden.weights[i, unit] }
      return tanh(z)
    }
    for j in 0..<hidden.weights.columns {
      var isNew = true
      for k in 0..<j {
        var gap = 0.0
        for row in 0..<inputs.rows {
          gap = max(gap, abs(activation(row, j) - activation(row, k)))
        }
        if gap <= 1e-9 { isNew = false }
      }
      if isNew { count += 1 }
    }
    return count
  }
}

/// The steps by recursion, the units by recursion over those that are left.
private struct RecursiveSymmetry: SymmetryBreakingKata {
  func train(
    _ layers: [DenseLayer], inputs: Matrix, targets: Matrix, learningRate: Double, steps: Int
  ) -> [DenseLayer] {
    guard steps > 0 else { return layers }
    let a = tanh(inputs.matmul(layers[0].weights) + layers[0].biases)
    let z = a.matmul(layers[1].weights) + layers[1].biases
    let scores = exp(z - z.max(axis: 1))
    let delta = (scores / scores.sum(axis: 1) - targets) * (learningRate / Double(targets.rows))
    let back = (1 - pow(a, 2)) * layers[1].weights.matmul(delta.transposed).transposed
    return train(
      [
        DenseLayer(
          weights: layers[0].weights - inputs.transposed.matmul(back),
          biases: layers[0].biases - back.sum(axis: 0)),
        DenseLayer(
          weights: layers[1].weights - a.transposed.matmul(delta),
          biases: layers[1].biases - delta.sum(axis: 0)),
      ], inputs: inputs, targets: targets, learningRate: learningRate, steps: steps - 1)
  }

  func distinctUnits(in hidden: DenseLayer, inputs: Matrix) -> Int {
    func distinct(_ units: [[Double]]) -> Int {
      guard let first = units.first else { return 0 }
      return 1
        + distinct(units.filter { zip($0, first).contains { !(abs($0 - $1) <= 1e-9) } })
    }
    let a = tanh(inputs.matmul(hidden.weights) + hidden.biases)
    return distinct((0..<a.columns).map { a.column($0).elements })
  }
}

/// Biases as a last row of the weights, over inputs with a last column of ones.
private final class StackedSymmetry: SymmetryBreakingKata {
  private func stacked(_ layer: DenseLayer) -> Matrix {
    Matrix(
      rows: layer.weights.rows + 1, columns: layer.weights.columns,
      elements: layer.weights.elements + layer.biases.elements)
  }

  private func split(_ matrix: Matrix) -> DenseLayer {
    DenseLayer(
      weights: matrix.slice(rows: 0..<matrix.rows - 1), biases: matrix.row(matrix.rows - 1))
  }

  private func withOnes(_ x: Matrix) -> Matrix {
    Matrix((0..<x.rows).map { x.row($0).elements + [1] })
  }

  func train(
    _ layers: [DenseLayer], inputs: Matrix, targets: Matrix, learningRate: Double, steps: Int
  ) -> [DenseLayer] {
    let x = withOnes(inputs)
    var (w1, w2) = (stacked(layers[0]), stacked(layers[1]))
    var step = 0
    while step < steps {
      let a = tanh(x.matmul(w1))
      let a1 = withOnes(a)
      let e = exp(a1.matmul(w2))
      let delta = (e / e.sum(axis: 1) - targets) / Double(x.rows)
      let below = delta.matmul(w2.slice(rows: 0..<w2.rows - 1).transposed)
      let g1 = x.transposed.matmul(below - below * a * a)
      w2 = w2 - learningRate * a1.transposed.matmul(delta)
      w1 = w1 - learningRate * g1
      step += 1
    }
    return [split(w1), split(w2)]
  }

  func distinctUnits(in hidden: DenseLayer, inputs: Matrix) -> Int {
    let units = tanh(withOnes(inputs).matmul(stacked(hidden))).transposed
    var copies = Set<Int>()
    for j in 0..<units.rows {
      for k in j + 1..<max(j + 1, units.rows)
      where abs(units.row(j) - units.row(k)).max() <= 1e-9 { copies.insert(k) }
    }
    return units.rows - copies.count
  }
}

/// Slope through cosh, softmax by a shift; units rounded and put into a set would not do, so a list.
private struct ShiftedSymmetry: SymmetryBreakingKata {
  func train(
    _ layers: [DenseLayer], inputs: Matrix, targets: Matrix, learningRate: Double, steps: Int
  ) -> [DenseLayer] {
    (0..<steps).reduce(layers) { layers, _ in
      let z1 = inputs.matmul(layers[0].weights) + layers[0].biases
      let a = z1.map { 1 - 2 / (exp(2 * $0) + 1) }
      let z2 = a.matmul(layers[1].weights) + layers[1].biases
      let logP = z2 - z2.max(axis: 1) - log(exp(z2 - z2.max(axis: 1)).sum(axis: 1))
      let n = Double(inputs.rows)
      let delta = exp(logP) - targets
      let below = delta.matmul(layers[1].weights.transposed) * z1.map { 1 / (cosh($0) * cosh($0)) }
      var next = layers
      next[0].weights -= inputs.transposed.matmul(below) * (learningRate / n)
      next[0].biases -= below.mean(axis: 0) * learningRate
      next[1].weights -= a.transposed.matmul(delta) * (learningRate / n)
      next[1].biases -= delta.mean(axis: 0) * learningRate
      return next
    }
  }

  func distinctUnits(in hidden: DenseLayer, inputs: Matrix) -> Int {
    let a = (inputs.matmul(hidden.weights) + hidden.biases).map { 1 - 2 / (exp(2 * $0) + 1) }
    var representatives: [Int] = []
    for unit in 0..<a.columns
    where representatives.allSatisfy({ abs(a.column($0) - a.column(unit)).max() > 1e-9 }) {
      representatives.append(unit)
    }
    return representatives.count
  }
}

/// Units that join a group through any member of it.
private struct GroupedSymmetry: SymmetryBreakingKata {
  func train(
    _ layers: [DenseLayer], inputs: Matrix, targets: Matrix, learningRate: Double, steps: Int
  ) -> [DenseLayer] {
    RecursiveSymmetry().train(
      layers, inputs: inputs, targets: targets, learningRate: learningRate, steps: steps)
  }

  func distinctUnits(in hidden: DenseLayer, inputs: Matrix) -> Int {
    let a = tanh(inputs.matmul(hidden.weights) + hidden.biases)
    let units = (0..<a.columns).map { a.column($0).elements }
    var group = Array(units.indices)
    for j in units.indices {
      for k in units.indices
      where zip(units[j], units[k]).allSatisfy({ abs($0 - $1) < 1.000_001e-9 }) {
        let (old, new) = (group[k], group[j])
        group = group.map { $0 == old ? new : $0 }
      }
    }
    return Set(group).count
  }
}

/// A gradient that is gathered example by example, in reverse.
private struct RowByRowSymmetry: SymmetryBreakingKata {
  func train(
    _ layers: [DenseLayer], inputs: Matrix, targets: Matrix, learningRate: Double, steps: Int
  ) -> [DenseLayer] {
    var (hidden, output) = (layers[0], layers[1])
    for _ in stride(from: 0, to: steps, by: 1) {
      var sum = (hidden.weights * 0, hidden.biases * 0, output.weights * 0, output.biases * 0)
      for row in (0..<inputs.rows).reversed() {
        let x = inputs.row(row)
        let a = tanh(x.matmul(hidden.weights) + hidden.biases)
        let e = exp(a.matmul(output.weights) + output.biases)
        let d = e / e.sum() - targets.row(row)
        let below = d.matmul(output.weights.transposed) * (1 - a * a)
        sum.0 += x.transposed * below
        sum.1 += below
        sum.2 += a.transposed * d
        sum.3 += d
      }
      let rate = learningRate / Double(inputs.rows)
      hidden.weights -= sum.0 * rate
      hidden.biases -= sum.1 * rate
      output.weights -= sum.2 * rate
      output.biases -= sum.3 * rate
    }
    return [hidden, output]
  }

  func distinctUnits(in hidden: DenseLayer, inputs: Matrix) -> Int {
    LoopedSymmetry().distinctUnits(in: hidden, inputs: inputs)
  }
}

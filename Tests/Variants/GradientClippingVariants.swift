import KataKit

extension CorrectAnswers {
  static let gradientClipping = CorrectAnswers(
    kata: "gradient-clipping",
    variants: [
      LoopClipping.self, PyTorchClipping.self, OptaxClipping.self, FlatClipping.self,
      UnitVectorClipping.self, HypotClipping.self, TraceClipping.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopClipping: GradientClippingKata {
  func clipped(_ gradients: [Matrix], toNorm maximumNorm: Double) -> [Matrix] {
    var squares = 0.0
    for gradient in gradients {
      for i in 0..<gradient.rows {
        for j in 0..<gradient.columns { squares += gradient[i, j] * gradient[i, j] }
      }
    }
    guard squares > maximumNorm * maximumNorm else { return gradients }
    var result = gradients
    for k in result.indices {
      for i in 0..<result[k].rows {
        for j in 0..<result[k].columns { result[k][i, j] *= maximumNorm / squares.squareRoot() }
      }
    }
    return result
  }
}

/// As torch.nn.utils.clip_grad_norm_ writes it: the norm of the norms, 1e-6, and the factor clamped.
private struct PyTorchClipping: GradientClippingKata {
  func clipped(_ gradients: [Matrix], toNorm maximumNorm: Double) -> [Matrix] {
    let norms = gradients.map { sqrt(($0 * $0).sum()) }
    let norm = sqrt(norms.map { $0 * $0 }.reduce(0, +))
    let factor = min(maximumNorm / (norm + 1e-6), 1)
    return gradients.map { factor * $0 }
  }
}

/// (g / norm) · limit, chosen where the norm is not below it.
private struct OptaxClipping: GradientClippingKata {
  func clipped(_ gradients: [Matrix], toNorm maximumNorm: Double) -> [Matrix] {
    let norm = pow(gradients.reduce(0) { $0 + pow($1, 2).sum() }, 0.5)
    return gradients.map { norm < maximumNorm ? $0 : $0 / norm * maximumNorm }
  }
}

/// All entries as one long row, without a branch.
private final class FlatClipping: GradientClippingKata {
  func clipped(_ gradients: [Matrix], toNorm maximumNorm: Double) -> [Matrix] {
    let all = gradients.flatMap(\.elements)
    let row = Matrix(rows: 1, columns: all.count, elements: all)
    let norm = row.matmul(row.transposed)[0, 0].squareRoot()
    let scaled = (row * (maximumNorm / max(norm, maximumNorm))).elements
    var start = 0
    return gradients.map { gradient in
      defer { start += gradient.count }
      return Matrix(
        rows: gradient.rows, columns: gradient.columns,
        elements: Array(scaled[start..<start + gradient.count]))
    }
  }
}

/// The direction first, with zeros for zeros, then as long as it may be.
private struct UnitVectorClipping: GradientClippingKata {
  func clipped(_ gradients: [Matrix], toNorm maximumNorm: Double) -> [Matrix] {
    let norm = sqrt(gradients.map { abs($0).map { $0 * $0 }.sum(axis: 0).sum() }.reduce(0, +))
    if norm == 0 { return gradients }
    return gradients.map { $0 / norm }.map { min(norm, maximumNorm) * $0 }
  }
}

private struct HypotClipping: GradientClippingKata {
  func clipped(_ gradients: [Matrix], toNorm maximumNorm: Double) -> [Matrix] {
    let norm = gradients.reversed().flatMap(\.elements).reduce(0, hypot)
    var result = gradients
    if norm >= maximumNorm { for k in result.indices { result[k] *= maximumNorm / norm } }
    return result
  }
}

/// ‖g‖² as the sum of the traces of gᵀg, and 1e-12 against a division by 0.
private struct TraceClipping: GradientClippingKata {
  func clipped(_ gradients: [Matrix], toNorm maximumNorm: Double) -> [Matrix] {
    var squares = 0.0
    for gradient in gradients {
      let product = gradient.transposed.matmul(gradient)
      squares += (product * .identity(product.rows)).sum()
    }
    let quotient = maximumNorm / (sqrt(squares) + 1e-12)
    return quotient < 1 ? gradients.map { quotient * $0 } : gradients
  }
}

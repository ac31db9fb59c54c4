"""Losses and their gradients."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax.scipy.special import xlog1py, xlogy

from fixtures import JAX, OPTAX, case, mean_cross_entropy, one_hot, soft_targets


def encoding():
    def one(name, labels, classes, scores):
        row = np.array([labels], dtype=np.float64)
        decoded = jnp.argmax(jnp.asarray(scores), axis=1)
        outputs = {
            "encoded": jax.nn.one_hot(jnp.asarray(labels), classes, dtype=np.float64),
            "decoded": np.asarray(decoded, dtype=np.float64),
        }
        return case(name, {"labels": row, "scores": scores}, outputs)

    rng = np.random.default_rng(707)
    ties = np.array([[1.0, 3.0, 3.0], [-2.0, -2.0, -2.0], [0.0, -1.0, 0.0], [5.0, 5.0, 7.0]])
    return JAX, [
        one("unsorted", [2, 0, 3, 2, 1, 2, 0], 4, rng.standard_normal((7, 4))),
        one("last class missing", [1, 0, 1, 3], 6, -1 - rng.uniform(size=(4, 6))),
        one("equal scores", [2, 1, 0, 2], 3, ties),
        one("single class", [0, 0, 0], 1, rng.standard_normal((3, 1))),
    ]


def softmax():
    def one(name, logits, upstream):
        P, pull_back = jax.vjp(lambda Z: jax.nn.softmax(Z, axis=1), jnp.asarray(logits))
        (G,) = pull_back(jnp.asarray(upstream))
        return case(name, {"logits": logits, "upstream": upstream}, {"P": P, "G": G})

    rng = np.random.default_rng(808)

    def draw(rows, classes):
        return rng.standard_normal((rows, classes)), 0.7 + rng.standard_normal((rows, classes))

    logits, upstream = draw(5, 4)
    levels = np.array([[1000.0], [-1000.0], [0.0], [-10000.0], [10000.0]])
    return JAX, [
        one("7x4", *draw(7, 4)),
        one("square", *draw(4, 4)),
        one("single row", *draw(1, 5)),
        one("single class", *draw(3, 1)),
        one("rows at 1000, -1000, -10000", logits + levels, upstream),
    ]


def mean_squared_error():
    def loss_of(predictions, targets):
        return optax.squared_error(predictions, targets).mean()

    def one(name, predictions, targets):
        loss, gradient = jax.value_and_grad(loss_of)(jnp.asarray(predictions), targets)
        inputs = {"predictions": predictions, "targets": targets}
        return case(name, inputs, {"loss": loss, "gradient": gradient})

    rng = np.random.default_rng(909)

    def draw(rows, columns, scale=1.0):
        return scale * rng.standard_normal((rows, columns)), rng.standard_normal((rows, columns))

    exact = rng.standard_normal((4, 3))
    return OPTAX, [
        one("5x4", *draw(5, 4)),
        one("single column", *draw(7, 1)),
        one("single row", *draw(1, 5)),
        one("no error", exact, exact),
        one("huge errors", *draw(3, 4, 1e6)),
    ]


def binary_cross_entropy():
    def loss_of(p, t):
        return -(xlogy(t, p) + xlog1py(1 - t, -p)).mean()

    def one(name, probabilities, targets):
        loss, gradient = jax.value_and_grad(loss_of)(jnp.asarray(probabilities), targets)
        inputs = {"probabilities": probabilities, "targets": targets}
        return case(name, inputs, {"loss": loss, "gradient": gradient})

    rng = np.random.default_rng(1010)

    def draw(rows, columns, low=0.05):
        probabilities = rng.uniform(low, 1 - low, (rows, columns))
        return probabilities, (rng.uniform(size=(rows, columns)) < 0.4).astype(np.float64)

    probabilities, _ = draw(4, 3)
    return JAX, [
        one("5x4", *draw(5, 4)),
        one("single column", *draw(7, 1)),
        one("single row", *draw(1, 5)),
        one("soft targets", probabilities, rng.uniform(0.1, 0.9, (4, 3))),
        one("nearly sure", *draw(6, 3, 1e-4)),
    ]


def softmax_cross_entropy():
    def one(name, logits, targets):
        loss, gradient = jax.value_and_grad(mean_cross_entropy)(jnp.asarray(logits), targets)
        probabilities = jax.nn.softmax(jnp.asarray(logits), axis=1)
        outputs = {"probabilities": probabilities, "loss": loss, "gradient": gradient}
        return case(name, {"logits": logits, "targets": targets}, outputs)

    rng = np.random.default_rng(303)
    labels = [2, 0, 3, 2, 1, 2, 0]
    thousands = np.array([
        [1000.0, 998.5, 1000.75, -1000.0],
        [-1000.0, -1001.25, -999.5, -1002.0],
        [1000.0, -1000.0, 0.5, 999.0],
        [-1000.0, 1000.0, 997.75, 1001.5],
        [0.25, -1.5, 1000.0, -0.75],
    ])
    sunk = rng.standard_normal((5, 4))
    sunk[1] = -10000.0
    sunk[3] -= 10000.0
    level = np.repeat(np.array([[0.7], [-3.0], [0.0], [12.5], [-0.2]]), 3, axis=1)
    return JAX, [
        one("one-hot targets", 1.5 * rng.standard_normal((7, 4)), one_hot(labels, 4)),
        one("soft targets", 1.5 * rng.standard_normal((5, 3)), soft_targets(rng, 5, 3)),
        one("square batch", rng.standard_normal((4, 4)), one_hot([3, 0, 3, 1], 4)),
        one("single row", rng.standard_normal((1, 5)), one_hot([3], 5)),
        one("single row, soft targets", rng.standard_normal((1, 5)), soft_targets(rng, 1, 5)),
        one("logits in the 1000s, likely targets", thousands, one_hot([2, 2, 0, 3, 2], 4)),
        one("logits in the 1000s, unlikely targets", thousands, one_hot([3, 0, 1, 0, 3], 4)),
        one("a row of -10000", sunk, one_hot([3, 1, 0, 1, 1], 4)),
        one("single row of -10000", np.full((1, 3), -10000.0), one_hot([1], 3)),
        one("all logits equal", level, one_hot([2, 0, 2, 2, 0], 3)),
    ]


KATAS = {
    "one-hot": encoding,
    "softmax": softmax,
    "mean-squared-error": mean_squared_error,
    "binary-cross-entropy": binary_cross_entropy,
    "softmax-cross-entropy": softmax_cross_entropy,
}

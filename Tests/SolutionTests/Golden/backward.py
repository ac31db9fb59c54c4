"""Networks, forward and backward."""

import jax
import jax.numpy as jnp
import numpy as np
from scipy.optimize._numdiff import approx_derivative

from fixtures import (
    JAX,
    KINK,
    SCIPY,
    case,
    mean_cross_entropy,
    named,
    network,
    one_hot,
    soft_targets,
)


def two_layer_backprop():
    def loss_of(layers, X, y):
        (W1, b1), (W2, b2) = layers
        z = jax.nn.relu(X @ W1 + b1) @ W2 + b2
        return -(y * jax.nn.log_sigmoid(z) + (1 - y) * jax.nn.log_sigmoid(-z)).mean()

    rng = np.random.default_rng(406)
    return JAX, [
        gradients_of(loss_of, name, *network(rng, len(labels), sizes), np.array([labels]).T, "y")
        for name, sizes, labels in [
            ("2 inputs, 3 units", [2, 3, 1], [0.0, 1.0, 1.0, 0.0, 1.0]),
            ("batch", [5, 4, 1], [1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]),
            ("single row", [3, 6, 1], [1.0]),
        ]
    ]


def regression_backprop():
    def loss_of(layers, X, Y):
        A = X
        for W, b in layers[:-1]:
            A = jax.nn.relu(A @ W + b)
        W, b = layers[-1]
        return ((A @ W + b - Y) ** 2).mean()

    def one(rng, name, rows, sizes):
        X, layers = network(rng, rows, sizes)
        return gradients_of(loss_of, name, X, layers, rng.standard_normal((rows, sizes[-1])), "Y")

    rng = np.random.default_rng(407)
    return JAX, [
        one(rng, "batch", 7, [4, 6, 5, 3]),
        one(rng, "square layers", 5, [5, 5, 5, 5]),
        one(rng, "single row", 1, [4, 5, 6, 3]),
        one(rng, "single output", 6, [3, 5, 4, 1]),
    ]


def gradients_of(loss_of, name, X, layers, T, target_name):
    """A case with the gradient of every weight and bias."""
    arrays = [(jnp.asarray(W), jnp.asarray(b)) for W, b in layers]
    outputs = {}
    for l, (dW, db) in enumerate(jax.grad(loss_of)(arrays, jnp.asarray(X), T), start=1):
        outputs |= {f"dW{l}": dW, f"db{l}": db}
    return case(name, named(X, layers) | {target_name: T}, outputs)


def forward_pass():
    def one(name, X, layers):
        outputs = {"A0": X}
        A = jnp.asarray(X)
        for l, (W, b) in enumerate(layers, start=1):
            Z = A @ W + b
            A = jax.nn.softmax(Z, axis=1) if l == len(layers) else jax.nn.relu(Z)
            outputs |= {f"Z{l}": Z, f"A{l}": A}
        return case(name, named(X, layers), outputs)

    rng = np.random.default_rng(202)
    return JAX, [
        one("2 layers", *network(rng, 7, [4, 5, 3])),
        one("4 layers", *network(rng, 5, [6, 8, 7, 4, 3])),
        one("single layer", *network(rng, 5, [4, 3])),
        one("single row", *network(rng, 1, [4, 5, 3])),
        one("square layers", *network(rng, 5, [5, 5, 5])),
        one("logits up to 1000", *network(rng, 7, [3, 6, 4], 1000)),
    ]


def backprop():
    def loss_of(layers, X, targets):
        A = X
        for W, b in layers[:-1]:
            A = jax.nn.relu(A @ W + b)
        W, b = layers[-1]
        return mean_cross_entropy(A @ W + b, targets)

    def one(name, X, layers, T):
        arrays = [(jnp.asarray(W), jnp.asarray(b)) for W, b in layers]
        loss, gradients = jax.value_and_grad(loss_of)(arrays, jnp.asarray(X), T)
        outputs = {"loss": loss}
        for l, (dW, db) in enumerate(gradients, start=1):
            outputs |= {f"dW{l}": dW, f"db{l}": db}
        inputs = named(X, layers)
        return case(name, {"X": inputs.pop("X"), "T": T} | inputs, outputs)

    rng = np.random.default_rng(404)
    labels = [2, 0, 2, 1, 2, 0, 2]
    return JAX, [
        one("2 layers", *network(rng, 7, [4, 5, 3]), one_hot(labels, 3)),
        one("4 layers", *network(rng, 5, [6, 8, 7, 4, 3]), one_hot([2, 0, 2, 1, 2], 3)),
        one("single layer", *network(rng, 7, [5, 3]), one_hot(labels, 3)),
        one("single row", *network(rng, 1, [4, 5, 3]), one_hot([2], 3)),
        one("square layers", *network(rng, 5, [5, 5, 5]), one_hot([3, 0, 3, 1, 3], 5)),
        one("soft targets", *network(rng, 7, [3, 6, 4]), soft_targets(rng, 7, 4)),
        one("saturated logits", *network(rng, 7, [4, 5, 3], 1000), one_hot(labels, 3)),
    ]


def gradient_check():
    """Central differences by scipy, and the exact gradients by jax.grad."""

    def one(name, loss, W, h, inputs={}):
        flat = approx_derivative(
            lambda w: float(loss(w.reshape(W.shape))), W.ravel(), method="3-point", abs_step=h
        )
        outputs = {"G": flat.reshape(W.shape), "D": jax.grad(loss)(jnp.asarray(W))}
        return case(name, {"W": W, "h": np.array([[h]])} | inputs, outputs)

    def regression(rng, name, rows, inputs, outputs, h):
        X = rng.standard_normal((rows, inputs))
        T = rng.uniform(0, 1, (rows, outputs))
        W = rng.standard_normal((inputs, outputs))

        def loss(W):
            return (jax.nn.softplus(X @ W) - T * (X @ W)).sum() / rows

        return one(name, loss, W, h, {"X": X, "T": T})

    def cube(W):
        return (W**3).sum()

    rng = np.random.default_rng(408)
    return f"{SCIPY}; {JAX}", [
        one("cube at 1", cube, np.array([[1.0]]), 0.1),
        one("cubes", cube, rng.standard_normal((3, 4)), 0.25),
        regression(rng, "regression", 5, 3, 4, 0.1),
        regression(rng, "long step", 6, 4, 3, 0.5),
    ]


def vanishing_gradients():
    """Every layer is activated, the last one too; the norms are those of jax.vjp's gradients."""

    def one(rng, name, activation, rows, sizes):
        X, layers = network(rng, rows, sizes)
        upstream = rng.standard_normal((rows, sizes[-1]))

        def last_activation(weights):
            A = X
            for W, (_, b) in zip(weights, layers):
                A = activation(A @ W + b)
            return A

        A, pull_back = jax.vjp(last_activation, [jnp.asarray(W) for W, _ in layers])
        assert activation is not jax.nn.relu or (A > KINK).any()
        (gradients,) = pull_back(jnp.asarray(upstream))
        norms = jnp.stack([jnp.linalg.norm(gradient) for gradient in gradients])
        return case(name, named(X, layers) | {"U": upstream}, {"norms": norms})

    rng = np.random.default_rng(409)
    return JAX, [
        one(rng, "sigmoid", jax.nn.sigmoid, 7, [4, 6, 5, 3]),
        one(rng, "sigmoid, deep", jax.nn.sigmoid, 4, [3, 4, 5, 3, 4, 5, 3, 4, 5]),
        one(rng, "relu", jax.nn.relu, 7, [4, 6, 5, 3]),
        one(rng, "relu, single row", jax.nn.relu, 1, [5, 4, 6, 7]),
    ]


KATAS = {
    "forward-pass": forward_pass,
    "two-layer-backprop": two_layer_backprop,
    "regression-backprop": regression_backprop,
    "backprop": backprop,
    "gradient-check": gradient_check,
    "vanishing-gradients": vanishing_gradients,
}

"""Activations and single units."""

import jax
import jax.numpy as jnp
import numpy as np

from fixtures import JAX, KINK, away_from_zero, case


def relu_derivative():
    def one(name, Z, U):
        assert np.abs(Z).min() >= KINK
        A, pull_back = jax.vjp(jax.nn.relu, jnp.asarray(Z))
        (S,) = pull_back(jnp.ones_like(A))
        (G,) = pull_back(jnp.asarray(U))
        return case(name, {"Z": Z, "U": U}, {"A": A, "S": S, "G": G})

    rng = np.random.default_rng(101)
    shapes = {
        "7x4": (7, 4),
        "3x5": (3, 5),
        "square": (5, 5),
        "single row": (1, 6),
        "single column": (6, 1),
    }
    cases = [
        one(name, away_from_zero(rng, *shape, KINK), away_from_zero(rng, *shape, 0.1))
        for name, shape in shapes.items()
    ]

    def upstream(rows, columns):
        return away_from_zero(rng, rows, columns, 0.1)

    negative = -np.abs(away_from_zero(rng, 4, 3, KINK))
    large = away_from_zero(rng, 3, 4, KINK) * 10.0 ** rng.integers(3, 13, (3, 4))
    return JAX, cases + [
        one("1x1 positive", np.array([[0.75]]), np.array([[-1.5]])),
        one("1x1 negative", np.array([[-0.75]]), np.array([[2.5]])),
        one("all negative", negative, upstream(4, 3)),
        one("all positive", -negative, upstream(4, 3)),
        one("large magnitudes", large, upstream(3, 4)),
        one("large upstream", away_from_zero(rng, 5, 3, KINK), upstream(5, 3) * 1e6),
    ]


def elementwise(activation):
    """The activation, its slope, and what comes back through it, of entries of every size."""

    def one(name, Z, U):
        A, pull_back = jax.vjp(activation, jnp.asarray(Z))
        (S,) = pull_back(jnp.ones_like(A))
        (G,) = pull_back(jnp.asarray(U))
        return case(name, {"Z": Z, "U": U}, {"A": A, "S": S, "G": G})

    rng = np.random.default_rng(111)

    def draw(rows, columns, scale):
        Z = scale * away_from_zero(rng, rows, columns, KINK)
        return Z, away_from_zero(rng, rows, columns, 0.1)

    Z, U = draw(3, 4, 1)
    Z[0, :2], Z[2, 1:3] = [1000, -1000], [-30, 30]
    return [
        one("5x3", *draw(5, 3, 1.5)),
        one("square", *draw(4, 4, 1)),
        one("single row", *draw(1, 6, 3)),
        one("small", *draw(4, 3, 1e-3)),
        one("some huge", Z, U),
    ]


def sigmoid():
    return JAX, elementwise(jax.nn.sigmoid)


def tanh_derivative():
    return JAX, elementwise(jnp.tanh)


def gelu():
    return JAX, elementwise(lambda z: jax.nn.gelu(z, approximate=False))


def leaky_relu():
    cases = []
    for slope in [0.01, 0.2, 0.75]:
        for one in elementwise(lambda z: jax.nn.leaky_relu(z, slope))[::2]:
            inputs = {"negativeSlope": slope} | one["inputs"]
            cases.append(case(f"{one['name']}, {slope}", inputs, one["outputs"]))
    return JAX, cases


def neuron():
    def one(activation, name, rows, inputs):
        X, w = rng.standard_normal((rows, inputs)), rng.standard_normal((inputs, 1))
        b = rng.standard_normal()
        A = activation(jnp.asarray(X) @ w + b)
        return case(name, {"X": X, "w": w, "b": b}, {"A": A})

    rng = np.random.default_rng(121)
    return JAX, [
        one(jax.nn.relu, "relu", 5, 3),
        one(jax.nn.sigmoid, "sigmoid", 4, 4),
        one(jnp.tanh, "tanh", 7, 1),
        one(lambda z: z, "identity", 1, 6),
    ]


def swiglu():
    def one(name, n, inputs, hidden, outputs, scale=1.0):
        X = rng.standard_normal((n, inputs))
        W1 = scale * rng.standard_normal((inputs, hidden))
        W3 = rng.standard_normal((inputs, hidden))
        W2 = rng.standard_normal((hidden, outputs))
        upstream = rng.standard_normal((n, outputs))

        def forward(X, W1, W3, W2):
            return (jax.nn.silu(X @ W1) * (X @ W3)) @ W2

        Y, backward = jax.vjp(forward, *map(jnp.asarray, (X, W1, W3, W2)))
        dX, dW1, dW3, dW2 = backward(jnp.asarray(upstream))
        inputs = {"X": X, "W1": W1, "W3": W3, "W2": W2, "upstream": upstream}
        silu = jax.nn.silu(jnp.asarray(X))
        outputs = {"silu": silu, "Y": Y, "dX": dX, "dW1": dW1, "dW3": dW3, "dW2": dW2}
        return case(name, inputs, outputs)

    rng = np.random.default_rng(131)
    return JAX, [
        one("distinct sizes", 5, 3, 6, 4),
        one("square", 4, 4, 4, 4),
        one("single row", 1, 3, 5, 3),
        one("gate in the 1000s", 3, 4, 5, 4, 1000.0),
    ]


KATAS = {
    "neuron": neuron,
    "sigmoid": sigmoid,
    "tanh-derivative": tanh_derivative,
    "relu-derivative": relu_derivative,
    "leaky-relu": leaky_relu,
    "gelu": gelu,
    "swiglu": swiglu,
}

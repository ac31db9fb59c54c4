"""What keeps a network in shape while it learns."""

import jax
import jax.numpy as jnp
import numpy as np

from fixtures import JAX, case, named, network


def batch_norm():
    def one(name, batches, upstream, evaluation, gamma, beta, momentum=0.1, epsilon=1e-5):
        def normalized(X, gamma, beta):
            # It takes mean and biased variance of the columns itself, the latter as E[x²] − μ².
            return gamma * jax.nn.standardize(X, axis=0, epsilon=epsilon) + beta

        features = gamma.shape[1]
        inputs = {
            "momentum": momentum, "epsilon": epsilon, "gamma": gamma, "beta": beta, "U": upstream,
            "E": evaluation,
        }
        outputs = {}
        mean, variance = jnp.zeros((1, features)), jnp.ones((1, features))
        for t, X in enumerate(batches, start=1):
            inputs[f"X{t}"] = X
            Y, pull_back = jax.vjp(normalized, jnp.asarray(X), gamma, beta)
            own = jnp.var(X, axis=0, keepdims=True, ddof=1)
            mean += momentum * (jnp.mean(X, axis=0, keepdims=True) - mean)
            variance += momentum * (own - variance)
            outputs |= {f"Y{t}": Y, f"mean{t}": mean, f"variance{t}": variance}
        dX, dgamma, dbeta = pull_back(jnp.asarray(upstream))
        evaluated = jax.nn.standardize(evaluation, mean=mean, variance=variance, epsilon=epsilon)
        outputs |= {"dX": dX, "dgamma": dgamma, "dbeta": dbeta, "YE": gamma * evaluated + beta}
        return case(name, inputs, outputs)

    rng = np.random.default_rng(808)

    def draw(rows, features, evaluation, scale=1.0):
        batches = [scale * rng.standard_normal((n, features)) for n in rows]
        upstream = rng.standard_normal((rows[-1], features))
        parameters = rng.uniform(0.5, 1.5, (1, features)), rng.standard_normal((1, features))
        return batches, upstream, rng.standard_normal((evaluation, features)), *parameters

    return JAX, [
        one("three batches", *draw([5, 5, 5], 4, 6)),
        one("other settings", *draw([6, 4, 7], 3, 1), momentum=0.3, epsilon=0.1),
        one("two rows", *draw([2], 5, 3), epsilon=1e-3),
        one("single feature", *draw([7, 3], 1, 4)),
        one("small numbers", *draw([5, 5], 3, 4, scale=0.01)),
    ]


def layer_norm():
    def one(name, X, U, gamma, beta, epsilon=1e-5):
        def forward(X, gamma, beta):
            return gamma * jax.nn.standardize(X, axis=-1, epsilon=epsilon) + beta

        Y, pull_back = jax.vjp(forward, *(jnp.asarray(value) for value in (X, gamma, beta)))
        dX, dgamma, dbeta = pull_back(jnp.asarray(U))
        inputs = {"X": X, "U": U, "gamma": gamma, "beta": beta, "epsilon": epsilon}
        return case(name, inputs, {"Y": Y, "dX": dX, "dgamma": dgamma, "dbeta": dbeta})

    rng = np.random.default_rng(1111)

    def draw(rows, features):
        X, U = rng.standard_normal((rows, features)), rng.standard_normal((rows, features))
        return X, U, rng.uniform(0.5, 2.0, (1, features)), rng.standard_normal((1, features))

    return JAX, [
        one("5x4", *draw(5, 4)),
        one("square", *draw(4, 4)),
        one("single row", *draw(1, 6)),
        one("large epsilon", *draw(3, 5), 0.25),
    ]


def rms_norm():
    def one(name, X, U, gamma, epsilon=1e-5):
        def forward(X, gamma):
            # A root mean square is a standard deviation around 0.
            scaled = jax.nn.standardize(
                X, axis=-1, mean=jnp.zeros(1), variance=jnp.mean(X**2, axis=-1, keepdims=True),
                epsilon=epsilon)
            return gamma * scaled

        Y, pull_back = jax.vjp(forward, jnp.asarray(X), jnp.asarray(gamma))
        dX, dgamma = pull_back(jnp.asarray(U))
        inputs = {"X": X, "U": U, "gamma": gamma, "epsilon": epsilon}
        return case(name, inputs, {"Y": Y, "dX": dX, "dgamma": dgamma})

    rng = np.random.default_rng(1913)

    def draw(rows, features):
        X, U = rng.standard_normal((rows, features)), rng.standard_normal((rows, features))
        return X, U, rng.uniform(0.5, 2.0, (1, features))

    X, U, gamma = draw(3, 4)
    X[1] = 0
    return JAX, [
        one("5x4", *draw(5, 4)),
        one("square", *draw(4, 4)),
        one("single row", *draw(1, 6)),
        one("large epsilon", *draw(3, 5), 0.25),
        one("row of zeros", X, U, gamma, 0.01),
    ]


def residual_block():
    def one(rng, name, rows, width, units):
        X, layers = network(rng, rows, [width, units, width])
        upstream = rng.standard_normal((rows, width))

        def block(X, layers):
            (W1, b1), (W2, b2) = layers
            return X + jax.nn.relu(X @ W1 + b1) @ W2 + b2

        arrays = [(jnp.asarray(W), jnp.asarray(b)) for W, b in layers]
        Y, pull_back = jax.vjp(block, jnp.asarray(X), arrays)
        dX, ((dW1, db1), (dW2, db2)) = pull_back(jnp.asarray(upstream))
        outputs = {"Y": Y, "dX": dX, "dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return case(name, named(X, layers) | {"U": upstream}, outputs)

    rng = np.random.default_rng(701)
    return JAX, [
        one(rng, "batch", 7, 4, 6),
        one(rng, "narrow branch", 5, 6, 3),
        one(rng, "square layers", 4, 4, 4),
        one(rng, "single row", 1, 3, 5),
    ]


KATAS = {
    "batch-norm": batch_norm,
    "layer-norm": layer_norm,
    "rms-norm": rms_norm,
    "residual-block": residual_block,
}

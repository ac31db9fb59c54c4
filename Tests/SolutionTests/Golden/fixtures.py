"""What the oracle's cases are made of: frameworks in float64, and inputs to give them."""

import math

import jax
import jax.numpy as jnp
import numpy as np
import optax
import scipy

jax.config.update("jax_platforms", "cpu")
jax.config.update("jax_enable_x64", True)

JAX = f"jax {jax.__version__}, float64"
OPTAX = f"optax {optax.__version__} on jax {jax.__version__}, float64"
SCIPY = f"scipy {scipy.__version__}, numpy {np.__version__}, float64"

KINK = 0.02  # no ReLU input lies nearer to zero than this


def away_from_zero(rng, rows, columns, gap):
    """Standard normal draws, those nearer to zero than `gap` drawn again."""
    values = rng.standard_normal((rows, columns))
    while (near := np.abs(values) < gap).any():
        values[near] = rng.standard_normal(near.sum())
    return values


def one_hot(labels, classes):
    return np.eye(classes)[labels]


def soft_targets(rng, rows, classes):
    weights = rng.uniform(0.1, 1.0, (rows, classes))
    return weights / weights.sum(axis=1, keepdims=True)


def hidden_layers(X, layers):
    """The ReLU inputs of every hidden layer, and the logits; used only to choose fixtures."""
    A, hidden = X, []
    for W, b in layers[:-1]:
        hidden.append(A @ W + b)
        A = np.maximum(hidden[-1], 0)
    W, b = layers[-1]
    return hidden, A @ W + b


def network(rng, rows, sizes, largest_logit=None):
    """An input batch and layers [(W, b), ...], drawn until no ReLU input is near its kink,
    every layer has inputs of both signs, and (in a batch) every hidden unit is live in some
    row. With `largest_logit` the last layer is scaled until logits of both signs are about that
    size, and no probability may fall where float64 loses digits before it reaches zero."""
    while True:
        X = rng.standard_normal((rows, sizes[0]))
        layers = [
            (rng.standard_normal((i, o)) * math.sqrt(2 / i), away_from_zero(rng, 1, o, 0.05) * 0.5)
            for i, o in zip(sizes, sizes[1:])
        ]
        hidden, logits = hidden_layers(X, layers)
        if any(np.abs(Z).min() < KINK or (Z > 0).all() or (Z < 0).all() for Z in hidden):
            continue
        if rows > 1 and not all((Z > 0).any(axis=0).all() for Z in hidden):
            continue
        if largest_logit is not None:
            W, b = layers[-1]
            # A whole factor, so that the inputs are the same bits on every processor.
            layers[-1] = (W * math.floor(largest_logit / np.abs(logits - b).max()), b)
            logits = hidden_layers(X, layers)[1]
            if logits.max() < 0.8 * largest_logit or logits.min() > -0.8 * largest_logit:
                continue
            gaps = logits.max(axis=1, keepdims=True) - logits
            if ((gaps > 690) & (gaps < 760)).any():
                continue
        return X, layers


def named(X, layers):
    inputs = {"X": X}
    for l, (W, b) in enumerate(layers, start=1):
        inputs |= {f"W{l}": W, f"b{l}": b}
    return inputs


def case(name, inputs, outputs):
    return {"name": name, "inputs": inputs, "outputs": outputs}


def mean_cross_entropy(logits, targets):
    return -(targets * jax.nn.log_softmax(logits, axis=1)).sum(axis=1).mean()

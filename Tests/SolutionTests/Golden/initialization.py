"""What training makes of the weights it starts from."""

import jax
import jax.numpy as jnp
import numpy as np

from fixtures import JAX, case, mean_cross_entropy, named, network, one_hot, soft_targets


def symmetry_breaking():
    def loss_of(layers, X, T):
        (W1, b1), (W2, b2) = layers
        return mean_cross_entropy(jnp.tanh(X @ W1 + b1) @ W2 + b2, T)

    def one(name, X, layers, T, rate, steps):
        trained = [(jnp.asarray(W), jnp.asarray(b)) for W, b in layers]
        for _ in range(steps):
            gradients = jax.grad(loss_of)(trained, jnp.asarray(X), T)
            trained = jax.tree.map(lambda p, g: p - rate * g, trained, gradients)
        W1, b1 = layers[0]
        activations = np.round(np.asarray(jnp.tanh(X @ W1 + b1)), 6)
        outputs = {"units": float(np.unique(activations, axis=1).shape[1])}
        for l, (W, b) in enumerate(trained, start=1):
            outputs |= {f"W{l}": W, f"b{l}": b}
        settings = {"T": T, "rate": rate, "steps": float(steps)}
        return case(name, named(X, layers) | settings, outputs)

    rng = np.random.default_rng(505)
    labels = one_hot([2, 0, 2, 1, 2, 0, 2], 3)
    X, random = network(rng, 7, [4, 5, 3])
    zeros = [(W * 0, b * 0) for W, b in random]
    (W1, b1), (W2, b2) = random
    kinds = [0, 1, 0, 0, 1]
    copies = [(W1[:, kinds], b1[:, kinds]), (W2[kinds], b2)]
    return JAX, [
        one("random weights", X, random, labels, 0.5, 4),
        one("zeros", X, zeros, labels, 0.5, 4),
        one("two kinds of units", X, copies, labels, 0.7, 3),
        one("single row", *network(rng, 1, [4, 5, 3]), one_hot([1], 3), 0.3, 2),
        one("square layers", *network(rng, 5, [4, 4, 4]), soft_targets(rng, 5, 4), 0.4, 2),
        one("no steps", X, random, labels, 0.5, 0),
    ]


KATAS = {
    "symmetry-breaking": symmetry_breaking,
}

"""Runs of training, epoch after epoch."""

import jax
import jax.numpy as jnp
import numpy as np
import optax

from fixtures import OPTAX, case, named


def training_loop():
    def mean_loss(layers, X, y):
        (W1, b1), (W2, b2) = layers
        logits = jnp.tanh(X @ W1 + b1) @ W2 + b2
        return optax.sigmoid_binary_cross_entropy(logits, y).mean()

    def one(name, X, y, layers, rate, epochs):
        optimizer = optax.sgd(rate)
        parameters = jax.tree.map(jnp.asarray, layers)
        state, losses = optimizer.init(parameters), []
        for _ in range(epochs):
            loss, gradients = jax.value_and_grad(mean_loss)(parameters, X, y)
            updates, state = optimizer.update(gradients, state)
            parameters = optax.apply_updates(parameters, updates)
            losses.append(loss)
        inputs = named(X, layers) | {"y": y, "learningRate": rate, "epochs": float(epochs)}
        (W1, b1), (W2, b2) = parameters
        outputs = {"losses": np.array(losses), "W1": W1, "b1": b1, "W2": W2, "b2": b2}
        return case(name, inputs, outputs)

    rng = np.random.default_rng(707)

    def network(inputs, units):
        shapes = [((inputs, units), (1, units)), ((units, 1), (1, 1))]
        return [(rng.standard_normal(W), rng.standard_normal(b)) for W, b in shapes]

    corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    xor = np.array([[0.0], [1.0], [1.0], [0.0]])
    noisy = np.tile(corners, (10, 1)) + 0.15 * rng.standard_normal((40, 2))
    return OPTAX, [
        one("XOR", corners, xor, network(2, 8), 1.0, 80),
        one("noisy XOR", noisy, np.tile(xor, (10, 1)), network(2, 5), 0.5, 20),
        one("six rows", rng.standard_normal((6, 4)), (rng.random((6, 1)) < 0.5) * 1.0,
            network(4, 3), 0.3, 7),
        one("single row", rng.standard_normal((1, 3)), np.ones((1, 1)), network(3, 4), 0.3, 3),
    ]


KATAS = {
    "training-loop": training_loop,
}

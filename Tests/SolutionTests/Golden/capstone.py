"""Whole classifiers, trained."""

import jax
import jax.numpy as jnp
import numpy as np
import optax

from fixtures import OPTAX, case, named, network


def mlp():
    def logits(layers, X):
        for W, b in layers[:-1]:
            X = jax.nn.relu(X @ W + b)
        W, b = layers[-1]
        return X @ W + b

    def mean_loss(layers, X, labels):
        return optax.softmax_cross_entropy_with_integer_labels(logits(layers, X), labels).mean()

    def one(name, rows, sizes, labels, epochs, rate, rng):
        # All rows are one batch, so that their order makes no difference.
        X, layers = network(rng, rows, sizes)
        optimizer = optax.adam(rate)
        parameters = jax.tree.map(jnp.asarray, layers)
        state, losses = optimizer.init(parameters), []
        for _ in range(epochs):
            loss, gradients = jax.value_and_grad(mean_loss)(parameters, X, jnp.asarray(labels))
            updates, state = optimizer.update(gradients, state)
            parameters = optax.apply_updates(parameters, updates)
            losses.append(loss)
        predicted = jnp.argmax(logits(parameters, X), axis=1)
        inputs = named(X, layers) | {
            "labels": np.array(labels, dtype=float), "epochs": float(epochs), "learningRate": rate,
        }
        outputs = {
            "losses": np.array(losses), "predicted": np.array(predicted, dtype=float),
            "accuracy": np.mean(np.array(predicted) == labels),
        }
        for l, (W, b) in enumerate(parameters, start=1):
            outputs |= {f"W{l}": W, f"b{l}": b}
        return case(name, inputs, outputs)

    rng = np.random.default_rng(909)
    return OPTAX, [
        one("one hidden layer", 7, [4, 6, 3], [2, 0, 1, 2, 2, 0, 1], 12, 0.01, rng),
        one("two hidden layers", 6, [3, 5, 4, 3], [0, 2, 2, 1, 0, 2], 8, 0.02, rng),
        one("no hidden layer", 5, [3, 4], [3, 1, 0, 3, 2], 20, 0.05, rng),
    ]


KATAS = {
    "mlp": mlp,
}

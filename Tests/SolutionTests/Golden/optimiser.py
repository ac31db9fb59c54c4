"""Optimisers, step by step."""

import jax.numpy as jnp
import numpy as np
import optax

from fixtures import OPTAX, case


def kingma_ba(theta, gradients, rate, beta1, beta2, epsilon):
    """Algorithm 1 of Kingma & Ba (2015) in numpy: a check on optax, never written to a file."""
    m, v, steps = np.zeros_like(theta), np.zeros_like(theta), []
    for t, g in enumerate(gradients, start=1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        theta = theta - rate * m_hat / (np.sqrt(v_hat) + epsilon)
        steps.append(theta)
    return steps


def adam():
    def one(name, thetas, gradients, rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8):
        # gradients[p][t] belongs to parameter p + 1 at step t + 1.
        optimizer = optax.adam(rate, b1=beta1, b2=beta2, eps=epsilon, eps_root=0.0)
        parameters = [jnp.asarray(theta) for theta in thetas]
        state, steps = optimizer.init(parameters), []
        for step in zip(*gradients):
            updates, state = optimizer.update([jnp.asarray(g) for g in step], state, parameters)
            parameters = optax.apply_updates(parameters, updates)
            steps.append(parameters)

        inputs = {"learningRate": rate, "beta1": beta1, "beta2": beta2, "epsilon": epsilon}
        inputs |= {f"theta{p}_0": theta for p, theta in enumerate(thetas, start=1)}
        outputs = {}
        for p, theta in enumerate(thetas, start=1):
            expected = kingma_ba(theta, gradients[p - 1], rate, beta1, beta2, epsilon)
            for t, (g, mine) in enumerate(zip(gradients[p - 1], expected), start=1):
                theirs = np.asarray(steps[t - 1][p - 1])
                assert theirs.dtype == np.float64
                error = np.abs(theirs - mine).max()
                assert error <= 1e-13, f"adam, {name}: theta{p}_{t} is off by {error}"
                inputs[f"g{p}_{t}"] = g
                outputs[f"theta{p}_{t}"] = theirs
        return case(name, inputs, outputs)

    rng = np.random.default_rng(505)

    def draw(shapes, steps, scale=1.0):
        thetas = [rng.standard_normal(shape) for shape in shapes]
        gradients = [[scale * rng.standard_normal(shape) for _ in range(steps)] for shape in shapes]
        return thetas, gradients

    shapes = [(3, 4), (5, 3), (4, 6)]
    # A weight that never moves, one whose gradient comes once, one whose gradient comes late.
    theta = rng.standard_normal((1, 3))
    sparse = [np.array([[0.0, 0.8 * (t == 0), -1.3 * (t == 3)]]) for t in range(5)]
    return OPTAX, [
        one("defaults", *draw(shapes, 10)),
        one("other hyperparameters", *draw(shapes, 7), 0.05, 0.8, 0.95, 1e-6),
        one("single parameter", *draw([(3, 5)], 12), rate=0.01),
        one("1x1 parameter", *draw([(1, 1)], 4), rate=0.1),
        one("gradients near epsilon", *draw([(1, 4)], 5, scale=1e-8), rate=0.01),
        one("zero gradients", [theta], [sparse], rate=0.01),
    ]


KATAS = {
    "adam": adam,
}


def drawn_layers(rng, widths):
    """Weights and nonzero biases, and gradients of both."""
    return [
        {
            name: rng.standard_normal((rows, outputs))
            for name, rows in (("W", inputs), ("b", 1), ("dW", inputs), ("db", 1))
        }
        for inputs, outputs in zip(widths, widths[1:])
    ]


def l2_regularization():
    def one(name, layers, strength):
        weights = [jnp.asarray(layer["W"]) for layer in layers]
        # Half the squared global norm, and the term that optax adds to gradients.
        penalty = strength * optax.tree.norm(weights, squared=True) / 2
        parameters = [{"W": layer["W"], "b": layer["b"]} for layer in layers]
        gradients = [{"W": layer["dW"], "b": layer["db"]} for layer in layers]
        decay = optax.add_decayed_weights(strength, mask=[{"W": True, "b": False} for _ in layers])
        updates, _ = decay.update(gradients, decay.init(parameters), parameters)

        inputs, outputs = {"lambda": strength}, {"penalty": penalty}
        for k, (layer, update) in enumerate(zip(layers, updates), start=1):
            inputs |= {f"{symbol}{k}": value for symbol, value in layer.items()}
            outputs |= {f"dW{k}": update["W"], f"db{k}": update["b"]}
        return case(name, inputs, outputs)

    rng = np.random.default_rng(606)
    return OPTAX, [
        one("three layers", drawn_layers(rng, [4, 6, 3, 5]), 0.3),
        one("single layer", drawn_layers(rng, [3, 7]), 0.01),
        one("lambda above 1", drawn_layers(rng, [5, 4, 3]), 2.5),
        one("lambda of 0", drawn_layers(rng, [3, 4]), 0.0),
    ]


def gradient_clipping():
    def one(name, gradients, limit):
        clip = optax.clip_by_global_norm(limit)
        updates, _ = clip.update([jnp.asarray(g) for g in gradients], clip.init(None))
        inputs = {"maximumNorm": limit} | {f"g{k}": g for k, g in enumerate(gradients, start=1)}
        return case(name, inputs, {f"clipped{k}": u for k, u in enumerate(updates, start=1)})

    rng = np.random.default_rng(607)

    def draw(*scales):
        shapes = [(3, 4), (1, 5), (4, 6)]
        return [scale * rng.standard_normal(shape) for scale, shape in zip(scales, shapes)]

    return OPTAX, [
        one("too long", draw(1.0, 1.0, 1.0), 2.0),
        one("short enough", draw(0.1, 0.2, 0.1), 2.0),
        one("one matrix dominates", draw(0.01, 0.02, 3.0), 1.0),
        one("single matrix", draw(2.0), 0.5),
        one("exploded", draw(1e6, 1e3, 1e8), 1.0),
        one("zeros", draw(0.0, 0.0, 0.0), 1.0),
    ]


def learning_rate_schedule():
    def one(name, initial, final, factor, interval, warmup, total, steps):
        decay = optax.exponential_decay(initial, interval, factor, staircase=True)
        cosine = optax.cosine_decay_schedule(initial, total, alpha=final / initial)
        warm = optax.warmup_cosine_decay_schedule(0.0, initial, warmup, total, end_value=final)

        def rates(schedule):
            return np.array([[float(schedule(step)) for step in steps]])

        inputs = {
            "initialRate": initial, "finalRate": final, "factor": factor,
            "interval": float(interval), "warmupSteps": float(warmup),
            "totalSteps": float(total), "steps": [[float(step) for step in steps]],
        }
        return case(name, inputs, {
            "stepDecay": rates(decay), "cosine": rates(cosine), "warmup": rates(warm)
        })

    return OPTAX, [
        one("every step", 0.3, 0.02, 0.7, 4, 5, 17, range(25)),
        one("down to zero", 1.25, 0.0, 0.5, 3, 4, 12, range(16)),
        one("no warm-up", 0.1, 0.001, 0.9, 1, 0, 9, range(12)),
        one("long run", 3e-4, 3e-5, 0.1, 30_000, 2_000, 100_000,
            [0, 1, 1_999, 2_000, 2_001, 29_999, 30_000, 59_999, 99_999, 100_000, 250_000]),
    ]


KATAS |= {
    "l2-regularization": l2_regularization,
    "gradient-clipping": gradient_clipping,
    "learning-rate-schedule": learning_rate_schedule,
}

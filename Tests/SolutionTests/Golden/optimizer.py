"""Optimizers, step by step."""

import jax
import jax.numpy as jnp
import numpy as np
import optax

from fixtures import JAX, OPTAX, case


def bowl(w):
    return (w[0, 0] - 2.0) ** 2 + 2.0 * (w[0, 1] + 1.0) ** 2


def gradient_descent():
    def one(name, start, rate, steps):
        w = jnp.asarray([start], dtype=jnp.float64)
        outputs = {"loss": bowl(w), "gradient": jax.grad(bowl)(w), "w0": w}
        for step in range(1, steps + 1):
            w = w - rate * jax.grad(bowl)(w)
            outputs[f"w{step}"] = w
        inputs = {"start": np.array([start]), "learningRate": rate, "steps": float(steps)}
        return case(name, inputs, outputs)

    return JAX, [
        one("from afar", [-3.0, 4.0], 0.1, 12),
        one("flat direction", [7.25, -1.5], 0.03, 6),
        one("swinging", [1.25, 0.5], 0.45, 8),
        one("diverging", [2.5, -0.75], 0.7, 8),
        one("at the minimum", [2.0, -1.0], 0.1, 3),
        one("no steps", [0.5, 0.25], 0.1, 0),
    ]


def stepped(optimizer, thetas, gradients):
    """The parameters before any step, and as optax leaves them after each; gradients[p][t] belongs
    to parameter p + 1 at step t + 1."""
    parameters = [jnp.asarray(theta) for theta in thetas]
    state = optimizer.init(parameters)
    inputs = {f"theta{p}_0": theta for p, theta in enumerate(thetas, start=1)}
    outputs = {}
    for t, step in enumerate(zip(*gradients), start=1):
        updates, state = optimizer.update([jnp.asarray(g) for g in step], state, parameters)
        parameters = optax.apply_updates(parameters, updates)
        inputs |= {f"g{p}_{t}": g for p, g in enumerate(step, start=1)}
        outputs |= {f"theta{p}_{t}": theta for p, theta in enumerate(parameters, start=1)}
    return inputs, outputs


def drawn(rng, shapes, steps, scale=1.0):
    thetas = [rng.standard_normal(shape) for shape in shapes]
    return thetas, [[scale * rng.standard_normal(shape) for _ in range(steps)] for shape in shapes]


def sgd():
    rng = np.random.default_rng(506)

    def whole(name, thetas, gradients, rate):
        inputs, outputs = stepped(optax.sgd(rate), thetas, gradients)
        return case(name, {"learningRate": rate} | inputs, outputs)

    def in_parts(name, rows, rate):
        # A linear regression: the gradients of its parts, and the step by that of the whole.
        X, T = rng.standard_normal((sum(rows), 3)), rng.standard_normal((sum(rows), 2))
        theta = [rng.standard_normal((3, 2)), rng.standard_normal((1, 2))]

        def loss(theta, X, T):
            return jnp.mean(jnp.sum((X @ theta[0] + theta[1] - T) ** 2, axis=1))

        inputs = {"learningRate": rate, "theta1_0": theta[0], "theta2_0": theta[1]}
        inputs["rows"] = np.array([rows], dtype=np.float64)
        ends = np.cumsum(rows)
        for i, (n, end) in enumerate(zip(rows, ends), start=1):
            part = jax.grad(loss)(theta, X[end - n : end], T[end - n : end])
            inputs |= {f"g{p}_part{i}": g for p, g in enumerate(part, start=1)}
        optimizer = optax.sgd(rate)
        updates, _ = optimizer.update(jax.grad(loss)(theta, X, T), optimizer.init(theta), theta)
        outputs = {
            f"theta{p}": t for p, t in enumerate(optax.apply_updates(theta, updates), start=1)
        }
        return case(name, inputs, outputs)

    return OPTAX, [
        whole("several matrices", *drawn(rng, [(3, 4), (5, 3), (1, 4)], 5), 0.1),
        whole("single parameter", *drawn(rng, [(4, 3)], 5), 0.03),
        in_parts("a last part that is smaller", [4, 4, 2], 0.1),
        in_parts("uneven parts", [1, 6, 3, 5], 0.05),
        in_parts("one part", [5], 0.2),
    ]


def momentum():
    rng = np.random.default_rng(507)

    def one(name, thetas, gradients, rate, mu):
        inputs, outputs = stepped(optax.sgd(rate, momentum=mu), thetas, gradients)
        return case(name, {"learningRate": rate, "momentum": mu} | inputs, outputs)

    shapes = [(3, 4), (5, 3), (1, 4)]
    return OPTAX, [
        one("defaults", *drawn(rng, shapes, 5), 0.01, 0.9),
        one("other hyperparameters", *drawn(rng, shapes, 4), 0.2, 0.55),
        one("no momentum", *drawn(rng, [(3, 5)], 5), 0.1, 0.0),
    ]


def rmsprop():
    rng = np.random.default_rng(508)

    def one(name, thetas, gradients, rate, rho, epsilon=1e-8):
        optimizer = optax.rmsprop(rate, decay=rho, eps=epsilon, eps_in_sqrt=False)
        inputs, outputs = stepped(optimizer, thetas, gradients)
        return case(name, {"learningRate": rate, "rho": rho, "epsilon": epsilon} | inputs, outputs)

    shapes = [(3, 4), (5, 3), (1, 4)]
    return OPTAX, [
        one("defaults", *drawn(rng, shapes, 5), 0.01, 0.9),
        one("other hyperparameters", *drawn(rng, shapes, 4), 0.05, 0.7, 1e-3),
        one("nothing remembered", *drawn(rng, [(3, 5)], 5), 0.1, 0.0),
        one("gradients near epsilon", *drawn(rng, [(1, 4)], 5, scale=1e-8), 0.01, 0.9),
    ]


def adamw():
    rng = np.random.default_rng(509)

    def one(name, thetas, gradients, rate, beta1, beta2, epsilon, decay):
        optimizer = optax.adamw(rate, b1=beta1, b2=beta2, eps=epsilon, weight_decay=decay)
        inputs, outputs = stepped(optimizer, thetas, gradients)
        settings = {"learningRate": rate, "beta1": beta1, "beta2": beta2, "epsilon": epsilon}
        return case(name, settings | {"weightDecay": decay} | inputs, outputs)

    shapes = [(3, 4), (5, 3), (1, 4)]
    return OPTAX, [
        one("defaults", *drawn(rng, shapes, 5), 1e-3, 0.9, 0.999, 1e-8, 0.01),
        one("strong decay", *drawn(rng, shapes, 4), 0.05, 0.8, 0.95, 1e-6, 0.5),
        one("no decay", *drawn(rng, [(3, 5)], 5), 0.01, 0.9, 0.999, 1e-8, 0.0),
        one("no gradient", *drawn(rng, [(3, 4)], 5, scale=0.0), 0.1, 0.9, 0.999, 1e-8, 0.2),
    ]


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


def learning_rate_finder():
    def one(name, lowest, highest, count, losses):
        rates = jnp.geomspace(lowest, highest, count)
        losses = jnp.asarray(losses)
        slopes = jnp.diff(losses) / jnp.diff(jnp.log(rates[: len(losses)]))
        inputs = {
            "bounds": [[lowest, highest]], "count": float(count), "losses": losses[None, :]
        }
        outputs = {"rates": rates[None, :], "suggestion": rates[jnp.argmin(slopes)]}
        return case(name, inputs, outputs)

    rng = np.random.default_rng(608)
    # Falls around 0.01, and explodes from 1 on.
    powers = np.linspace(-5, 1, 25)
    typical = 2.3 - 1.5 / (1 + np.exp(-4 * (powers + 2))) + np.exp(6 * powers - 1)
    return JAX, [
        one("a typical curve", 1e-5, 10.0, 25, typical),
        one("stopped early", 1e-5, 10.0, 25, typical[:20]),
        one("noise", 1e-3, 1.0, 12, rng.uniform(0.5, 3.0, 12)),
        one("two rates", 0.01, 0.5, 2, [1.0, 2.0]),
    ]


KATAS = {
    "gradient-descent": gradient_descent,
    "sgd": sgd,
    "momentum": momentum,
    "rmsprop": rmsprop,
    "adam": adam,
    "adamw": adamw,
    "l2-regularization": l2_regularization,
    "gradient-clipping": gradient_clipping,
    "learning-rate-schedule": learning_rate_schedule,
    "learning-rate-finder": learning_rate_finder,
}

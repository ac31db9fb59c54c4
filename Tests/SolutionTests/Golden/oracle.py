"""Golden vectors for the katas, computed by frameworks that share no code with them.

    python3 -m pip install -r requirements.txt
    python3 oracle.py            rewrite the JSON files beside this script
    python3 oracle.py --check    exit 1 if a file differs from what would be written

Derivatives come from jax.grad and jax.vjp, Adam from optax, statistics from scipy; no
derivative is written by hand here. Every value is a matrix of float64 rows; a scalar is
[[x]]. Rows are examples, Z = X·W + b, losses are means over the rows, logarithms natural.

The files come out the same to the last digit on x86-64 processors with fused multiply-add;
others round differently (3e-16 of a matrix's largest entry), and there --check may object.
"""

import argparse
import json
import math
import pathlib
import sys

import jax
import jax.numpy as jnp
import numpy as np
import optax
import scipy.special
import scipy.stats

jax.config.update("jax_platforms", "cpu")
jax.config.update("jax_enable_x64", True)

FOLDER = pathlib.Path(__file__).resolve().parent
JAX = f"jax {jax.__version__}, float64"
OPTAX = f"optax {optax.__version__} on jax {jax.__version__}, float64"
SCIPY = f"scipy {scipy.__version__}, numpy {np.__version__}, float64"

KINK = 0.02  # no ReLU input lies nearer to zero than this
SMALLEST_NORMAL = sys.float_info.min


# Fixtures


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


# Katas


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


def mean_cross_entropy(logits, targets):
    return -(targets * jax.nn.log_softmax(logits, axis=1)).sum(axis=1).mean()


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


def statistics():
    sample = np.random.default_rng(606).standard_normal((1, 200))
    root3 = math.sqrt(3)
    row = sample[0]
    points = np.array([[-8.0, -5.0, -3.0, -1.96, -1.0, -0.3, 0.0, 0.5, 1.0, 1.96, 3.3, 6.0]])
    return SCIPY, [
        case("200 standard normal draws", {"sample": sample}, {
            "mean": np.mean(row),
            "variance": np.var(row),
            "ks_normal": scipy.stats.kstest(row, "norm").statistic,
            "ks_uniform": scipy.stats.kstest(row, "uniform", args=(-root3, 2 * root3)).statistic,
        }),
        case("normal cdf and erf", {"x": points}, {
            "cdf": scipy.stats.norm.cdf(points),
            "erf": scipy.special.erf(points),
        }),
    ]


KATAS = {
    "relu-derivative": relu_derivative,
    "forward-pass": forward_pass,
    "softmax-cross-entropy": softmax_cross_entropy,
    "backprop": backprop,
    "adam": adam,
    "statistics": statistics,
}


# Files


def rows_of(value):
    """A matrix as nested row lists of finite, normal float64 values; -0.0 becomes 0.0."""
    matrix = np.atleast_2d(np.asarray(value))
    assert matrix.ndim == 2 and matrix.dtype == np.float64, matrix
    assert np.isfinite(matrix).all()
    assert (np.abs(matrix[matrix != 0]) >= SMALLEST_NORMAL).all()
    return (matrix + 0.0).tolist()


def text_of(kata, made_by, cases):
    """JSON with one matrix to a line."""

    def block(matrices):
        lines = [f"        {json.dumps(k)}: {json.dumps(rows_of(v))}" for k, v in matrices.items()]
        return "{\n" + ",\n".join(lines) + "\n      }"

    entries = [
        f'    {{\n      "name": {json.dumps(c["name"])},\n'
        f'      "inputs": {block(c["inputs"])},\n      "outputs": {block(c["outputs"])}\n    }}'
        for c in cases
    ]
    head = f'{{\n  "kata": {json.dumps(kata)},\n  "made_by": {json.dumps(made_by)},\n  "cases": [\n'
    return head + ",\n".join(entries) + "\n  ]\n}\n"


def same(a, b):
    """Equal in structure and text, and in every number to 1e-15 relative."""
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, float):
        return math.isclose(a, b, rel_tol=1e-15, abs_tol=0)
    return a == b


def agrees(path, text):
    try:
        committed = path.read_text(encoding="utf-8")
        return committed == text or same(json.loads(committed), json.loads(text))
    except (OSError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    check = parser.parse_args().check
    failed = False
    for kata, make in KATAS.items():
        path = FOLDER / f"{kata}.json"
        made_by, cases = make()
        text = text_of(kata, made_by, cases)
        assert len(text.encode()) < 60_000, f"{path.name} is too large"
        if not check:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not agrees(path, text):
            failed = True
            print(f"{path.name} differs", file=sys.stderr)
            continue
        print(f"{path.name}: {len(cases)} cases, {len(text.encode())} bytes")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

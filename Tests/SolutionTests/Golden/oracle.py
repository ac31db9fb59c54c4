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

import numpy as np

import backward
import initialization
import capstone
import loss
import neuron
import optimizer
import regularization
import statistics_of_samples
import training

KATAS = (
    neuron.KATAS
    | loss.KATAS
    | backward.KATAS
    | initialization.KATAS
    | optimizer.KATAS
    | training.KATAS
    | regularization.KATAS
    | capstone.KATAS
    | statistics_of_samples.KATAS
)

FOLDER = pathlib.Path(__file__).resolve().parent
SMALLEST_NORMAL = sys.float_info.min


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
    """Equal in structure and text, and in every number to 1e-13 relative, a tenth of what the tests allow."""
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, float):
        return math.isclose(a, b, rel_tol=1e-13, abs_tol=0)
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
    parser.add_argument("katas", nargs="*", metavar="KATA", help="all, if none is named")
    arguments = parser.parse_args()
    unknown = [kata for kata in arguments.katas if kata not in KATAS]
    if unknown:
        parser.error(f"no vectors are made for {', '.join(unknown)}")
    failed = False
    for kata in arguments.katas or KATAS:
        make = KATAS[kata]
        path = FOLDER / f"{kata}.json"
        made_by, cases = make()
        text = text_of(kata, made_by, cases)
        assert len(text.encode()) < 60_000, f"{path.name} is too large"
        if not arguments.check:
            # What differs in the last digits only, as it does between processors, stays as it is.
            if not path.exists() or not agrees(path, text):
                path.write_text(text, encoding="utf-8", newline="\n")
        elif not agrees(path, text):
            failed = True
            print(f"{path.name} differs", file=sys.stderr)
            continue
        print(f"{path.name}: {len(cases)} cases, {len(text.encode())} bytes")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

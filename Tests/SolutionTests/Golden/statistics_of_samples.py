"""Statistics of samples."""

import math

import numpy as np
import scipy.special
import scipy.stats

from fixtures import SCIPY, case


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
    "statistics": statistics,
}

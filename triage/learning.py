"""Linear learning in plain arithmetic: the same numbers on every machine, in seconds."""

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]

SEED: Final = 20261122
MANY: Final = 20_000
"""Examples from which another process is worth its start."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Sparse examples: features and weights of example i stand in [starts[i], starts[i + 1])."""

    starts: Ints
    columns: Ints
    values: Floats
    width: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, i: int) -> tuple[Ints, Floats]:
        part = slice(self.starts[i], self.starts[i + 1])
        return self.columns[part], self.values[part]


def margins(rows: Rows, targets: Floats, *, cost: Floats, rounds: int) -> Singles:
    """Learn one separating weight vector for each column of `targets` (+1 or -1).

    L2-regularised squared-hinge support vector machines by dual coordinate descent
    (Hsieh et al., ICML 2008), all columns at once; `cost` weighs each example and column.
    Only sums and products are used, in a fixed order, so the result is reproducible to the bit;
    in single precision, as fetching the weights is what takes the time. Columns know nothing of
    each other, so each processor learns some of them: to the bit as one alone would.
    """
    shares = (os.cpu_count() or 1) if len(rows) >= MANY else 1
    if shares == 1:
        return _margins(rows, targets, cost, rounds)
    parts = np.array_split(np.arange(targets.shape[1]), shares)
    with ProcessPoolExecutor(shares, mp_context=get_context("spawn")) as pool:
        running = [
            pool.submit(_margins, rows, targets[:, part], cost[:, part], rounds) for part in parts
        ]
        return np.concatenate([one.result() for one in running], axis=1)


def _margins(rows: Rows, targets: Floats, cost: Floats, rounds: int) -> Singles:
    weights = np.zeros((rows.width, targets.shape[1]), np.float32)
    targets = targets.astype(np.float32)
    alpha = np.zeros_like(targets)
    slack = (0.5 / cost).astype(np.float32)
    squares = [float((rows.row(i)[1] ** 2).sum()) for i in range(len(rows))]
    order = np.random.default_rng(SEED)
    for _ in range(rounds):
        for i in order.permutation(len(rows)):
            columns, weighed = rows.row(i)
            values = weighed.astype(np.float32)
            seen = (weights[columns] * values[:, None]).sum(axis=0)
            gradient = targets[i] * seen - 1.0 + slack[i] * alpha[i]
            after = np.maximum(alpha[i] - gradient / (squares[i] + slack[i]), 0.0)
            step = (after - alpha[i]) * targets[i]
            alpha[i] = after
            if step.any():
                weights[columns] += values[:, None] * step
    return weights

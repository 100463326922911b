"""Clusters and ranks of systems, as WMT prints them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from alignkit.evaluate.formulas import FloatArray


@dataclass(frozen=True)
class Standing:
    """Where a system stands among others.

    Attributes:
        cluster: The number of its cluster, the best is 1. All systems of a cluster are told apart from all of the next.
        best_rank: One more than the number of systems that are told to be better.
        worst_rank: The rank that it would have if it were the last of those it cannot be told apart from.
    """

    cluster: int
    best_rank: int
    worst_rank: int


def standings(scores: FloatArray, told_apart: npt.NDArray[np.bool_], *, higher_is_better: bool) -> list[Standing]:
    """Cluster systems.

    A line is drawn between two clusters only where every system above it is told apart from every one below it.

    Args:
        scores: The systems' scores.
        told_apart: (systems, systems): whether the difference of two is beyond chance.
        higher_is_better: Whether a better system has a higher score.

    Returns:
        The standing of each system, in the order of `scores`.
    """
    better_first = np.argsort(-scores if higher_is_better else scores, kind="stable")
    apart = told_apart[np.ix_(better_first, better_first)]
    count = len(scores)
    cluster = 1
    found: dict[int, Standing] = {}
    for place, system in enumerate(better_first):
        if place and apart[:place, place:].all():
            cluster += 1
        better, worse = int(apart[place, :place].sum()), int(apart[place, place + 1 :].sum())
        found[int(system)] = Standing(cluster, 1 + better, count - worse)
    return [found[system] for system in range(count)]

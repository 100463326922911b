"""How many headlines of a collection have a partner at all, which a score depends on and scores tell.

The same two headlines are a pair more probably where nearly every headline has a partner than where few have one. How
many have one is not known beforehand; it is estimated from the scores, and these are put right by it in turn (Saerens,
Latinne and Decaestecker, 2002, "Adjusting the Outputs of a Classifier to New a Priori Probabilities: A Simple Procedure",
section 2.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_ROUNDS: Final = 1_000
_CLOSE_ENOUGH: Final = 1e-9


@dataclass(frozen=True)
class Prior:
    """What is believed of the share of Japanese headlines whose best candidate is right, before any is looked at.

    Attributes:
        share: The share.
        weight: How many headlines of a collection weigh as much as this belief: a single pair is judged by it nearly
            alone, a collection of hundreds by itself.
    """

    share: float
    weight: float


def at_own_share(probability: pl.Series, ja_ids: pl.Series, prior: Prior) -> pl.Series:
    """Turn probabilities that hold where half the best candidates are right into those that hold in this collection.

    The order of candidates stays as it is.

    Args:
        probability: Each candidate's probability, from 0 to 1.
        ja_ids: Each candidate's Japanese headline.
        prior: What is believed of the collection beforehand.
    """
    best = pl.DataFrame({"ja_id": ja_ids, "best": probability}).group_by("ja_id").agg(pl.col("best").max())["best"]
    share = estimate_share(best.to_numpy(), prior)
    return (probability * share / (probability * share + (1 - probability) * (1 - share))).rename(probability.name)


def estimate_share(best: NDArray[np.float64], prior: Prior) -> float:
    """Estimate the share of best candidates that are right, by expectation maximisation.

    Args:
        best: float64 of shape (n,): the best candidates' probabilities, as they hold where the share is a half.
        prior: What is believed beforehand: as if so many more headlines had been seen, that share of them right.
    """
    # In one order, so that the sum has the same last digits whatever the order of rows.
    best = np.sort(best)
    share = prior.share
    for _ in range(_MOST_ROUNDS):
        right = float((best * share / (best * share + (1 - best) * (1 - share))).sum())
        before, share = share, (right + prior.weight * prior.share) / (len(best) + prior.weight)
        if abs(share - before) < _CLOSE_ENOUGH:
            break
    return share

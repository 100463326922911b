"""From features to a score between 0 and 1: two models, the second of which knows what the first thinks.

The first judges every candidate by itself and beside its competitors. The second is told in addition how well the
candidate's rivals did, how well the other reprints of the same story did (of a reprint whose headline shares hardly a
word with the English one, another paper's wording often tells that it is the same story), and how well quite different
headlines did: an English headline that another story's Japanese headline claims is rarely the partner of this one. What
the second says is then put right by how many of the collection's headlines have a partner (`alignkit.align.prior`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from alignkit.align.prior import at_own_share

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from alignkit.align.features import Featured
    from alignkit.align.models import Models

WIRE_ID_SCORE: Final = 0.99
"""The least score of two headlines that share a wire id: the agency itself says that they are one story."""

FIRST_SCORE: Final = "first_score"
SECOND_FEATURES: Final = (FIRST_SCORE, "first_rival", "support", "claim")
"""What the second model is told beyond the features."""


def score(featured: Featured, models: Models) -> pl.DataFrame:
    """Give candidates with their features, the columns of `SECOND_FEATURES`, and `score`.

    Args:
        featured: The candidates, as `alignkit.align.features.add_features` gives them.
        models: The models of the encoder whose vectors the features were computed from.
    """
    told = add_second_features(featured, models.first.judge(featured.candidates))
    judged = at_own_share(models.second.judge(told), told["ja_id"], models.prior)
    second = pl.col("score")
    return told.with_columns(judged.alias("score")).with_columns(
        score=pl.when(pl.col("reason") == "wire_id").then(second.clip(lower_bound=WIRE_ID_SCORE)).otherwise(second)
    )


def add_second_features(featured: Featured, first: pl.Series) -> pl.DataFrame:
    """Give candidates with their features and the columns of `SECOND_FEATURES`.

    `first_rival` is the best first score that the Japanese headline has with another English one; `support` the greatest
    product, over the other Japanese headlines among the English one's candidates, of their first score and of their
    similarity to this one; `claim` the greatest product of their first score and of their distance from this one, which
    is 1 less the similarity.

    Args:
        featured: The candidates with their features.
        first: The first model's probability of each.
    """
    scored = featured.candidates.with_columns(first.alias(FIRST_SCORE))
    best, second = (pl.col(FIRST_SCORE).top_k(2).sort().get(place, null_on_oob=True).over("ja_id") for place in (-1, 0))
    alone = pl.len().over("ja_id") == 1
    rival = pl.when(alone).then(0.0).when(pl.col(FIRST_SCORE) == best).then(second).otherwise(best)
    support, claim = _support_and_claim(scored["en_id"], first.to_numpy(), featured.ja_rows, featured.vectors)
    return scored.with_columns(rival.alias("first_rival"), pl.Series("support", support), pl.Series("claim", claim))


def _support_and_claim(
    en_ids: pl.Series, first: NDArray[np.float64], ja_rows: NDArray[np.int64], ja: NDArray[np.float32]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    support, claim = np.zeros(len(first)), np.zeros(len(first))
    if not len(first):
        return support, claim
    order = np.argsort(en_ids.rank("dense").to_numpy(), kind="stable")
    starts = np.flatnonzero(np.diff(en_ids.gather(order).rank("dense").to_numpy(), prepend=0))
    for rows in np.split(order, starts[1:]):
        vectors = ja[ja_rows[rows]]
        similarity = np.clip(vectors @ vectors.T, 0.0, 1.0)
        for found, weight in ((support, similarity), (claim, 1 - similarity)):
            np.fill_diagonal(weight, 0.0)
            found[rows] = (weight * first[rows][None, :]).max(axis=1)
    return support, claim

"""From features to a score between 0 and 1: two logistic models, the second of which knows what the first thinks.

The first judges every candidate by itself and beside its competitors. The second is told in addition how well the
candidate's rivals did, and how well the other reprints of the same story did: of a reprint whose headline shares hardly a
word with the English one, another paper's wording often tells that it is the same story. The weights are in
calibration.toml, which scripts/fit_score.py makes.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from alignkit.errors import StageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

WIRE_ID_SCORE: Final = 0.99
"""The least score of two headlines that share a wire id: the agency itself says that they are one story."""

FIRST_SCORE: Final = "first_score"
SECOND_FEATURES: Final = (FIRST_SCORE, "first_rival", "support")
"""What the second model is told beyond the features."""


@dataclass(frozen=True)
class Logistic:
    """A logistic model of a probability.

    Attributes:
        intercept: The log-odds where all features are 0.
        weights: What each feature, by its column's name, adds to the log-odds for each unit of it.
    """

    intercept: float
    weights: Mapping[str, float]

    def probability(self) -> pl.Expr:
        """Give the probability as an expression over the features' columns."""
        log_odds = pl.lit(self.intercept)
        for name, weight in self.weights.items():
            log_odds = log_odds + pl.col(name) * weight
        return 1 / (1 + (-log_odds).exp())


@dataclass(frozen=True)
class Scorer:
    """The two models of an encoder."""

    first: Logistic
    second: Logistic

    def score(self, featured: pl.DataFrame, ja_rows: NDArray[np.int64], ja: NDArray[np.float32]) -> pl.DataFrame:
        """Add the column `score` to candidates with their features.

        Args:
            featured: The candidates, as `alignkit.align.features.add_features` gives them.
            ja_rows: int64 of shape (p,): each candidate's row of `ja`.
            ja: float32 of shape (m, d), unit rows: the Japanese headlines' vectors.
        """
        return add_second_features(featured, self.first, ja_rows, ja).with_columns(
            score=pl.when(pl.col("reason") == "wire_id")
            .then(self.second.probability().clip(lower_bound=WIRE_ID_SCORE))
            .otherwise(self.second.probability())
        )


def load_scorer(encoder: str) -> Scorer:
    """Read an encoder's models from the package.

    Raises:
        StageError: There are none for this encoder.
    """
    content = tomllib.loads(resources.files("alignkit.align").joinpath("calibration.toml").read_text(encoding="utf-8"))
    if encoder not in content:
        raise StageError("has no calibrated score", value=encoder, remedy="Fit one with scripts/fit_score.py.")
    first, second = (
        Logistic(intercept=content[encoder][model]["intercept"], weights=content[encoder][model]["weights"])
        for model in ("first", "second")
    )
    return Scorer(first, second)


def add_second_features(
    featured: pl.DataFrame, first: Logistic, ja_rows: NDArray[np.int64], ja: NDArray[np.float32]
) -> pl.DataFrame:
    """Add the columns of `SECOND_FEATURES` to candidates with their features.

    `first_rival` is the best first score that the Japanese headline has with another English one; `support` the greatest
    product, over the other Japanese headlines among the English one's candidates, of their first score and of their
    similarity to this one.
    """
    scored = featured.with_columns(first.probability().alias(FIRST_SCORE))
    best, second = (pl.col(FIRST_SCORE).top_k(2).sort().get(place, null_on_oob=True).over("ja_id") for place in (-1, 0))
    alone = pl.len().over("ja_id") == 1
    rival = pl.when(alone).then(0.0).when(pl.col(FIRST_SCORE) == best).then(second).otherwise(best)
    support = _support(scored["en_id"], scored[FIRST_SCORE].to_numpy(), ja_rows, ja)
    return scored.with_columns(rival.alias("first_rival"), pl.Series("support", support))


def _support(
    en_ids: pl.Series, first: NDArray[np.float64], ja_rows: NDArray[np.int64], ja: NDArray[np.float32]
) -> NDArray[np.float64]:
    support = np.zeros(len(first))
    order = np.argsort(en_ids.rank("dense").to_numpy(), kind="stable")
    starts = np.flatnonzero(np.diff(en_ids.gather(order).rank("dense").to_numpy(), prepend=0))
    for rows in np.split(order, starts[1:]):
        vectors = ja[ja_rows[rows]]
        similarity = np.clip(vectors @ vectors.T, 0.0, None)
        np.fill_diagonal(similarity, 0.0)
        support[rows] = (similarity * first[rows][None, :]).max(axis=1)
    return support

"""The models that turn features into probabilities, as they are read from the package.

They are trained elsewhere (scripts/train_scorer.py) and written in JSON that a person can read; nothing but polars and
numpy is needed to apply them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import numpy as np
import polars as pl

from alignkit.align.prior import Prior
from alignkit.errors import StageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_ROWS_AT_A_TIME: Final = 100_000

Tree: TypeAlias = "float | dict[str, Any]"
"""A leaf's contribution, or a split: `feature`, `threshold`, and the trees `below` (or at) the threshold and `above` it."""


@dataclass(frozen=True)
class Judge:
    """Gradient-boosted trees and a logistic model, whose log-odds are averaged.

    Trees (Friedman, 2001, "Greedy Function Approximation") know which features matter together, but give many candidates
    the very same probability; a logistic model tells even the closest rivals apart.

    Attributes:
        base: The log-odds before any tree and where all features are 0: the mean of both models'.
        trees: The trees; their contributions are halved.
        weights: What each feature, by its column's name, adds for each unit of it; likewise halved.
        slope: What the sum is multiplied by, and
        shift: what is added to it, so that probabilities are calibrated (Platt, 1999).
    """

    base: float
    trees: Sequence[Tree]
    weights: Mapping[str, float]
    slope: float = 1.0
    shift: float = 0.0

    def log_odds(self) -> pl.Expr:
        """Give the mean of both models' log-odds as an expression over the features' columns."""
        linear = (pl.col(name) * weight for name, weight in self.weights.items())
        return pl.sum_horizontal(pl.lit(self.base), *(_expression(tree) for tree in self.trees), *linear)

    def judge(self, candidates: pl.DataFrame) -> pl.Series:
        """Give the calibrated probability of each row; some rows at a time, for every tree has a value for each row."""
        slices = candidates.iter_slices(_ROWS_AT_A_TIME)
        judged = [part.select(self.probability().alias("probability")).to_series() for part in slices]
        return pl.concat(judged) if judged else pl.Series("probability", [], dtype=pl.Float64)

    def probability(self) -> pl.Expr:
        """Give the calibrated probability as an expression over the features' columns."""
        return 1 / (1 + (-(self.log_odds() * self.slope + self.shift)).exp())

    def calibrated(self, log_odds: pl.Series) -> pl.Series:
        """Give the probabilities that log-odds, as a judge like this one gives them, come to."""
        return 1 / (1 + (-(log_odds * self.slope + self.shift)).exp())


@dataclass(frozen=True)
class Multinomial:
    """A multinomial logistic model.

    Attributes:
        features: The names of its features.
        classes: The names of its classes.
        weights: float64 of shape (classes, features).
        intercepts: float64 of shape (classes,).
    """

    features: tuple[str, ...]
    classes: tuple[str, ...]
    weights: NDArray[np.float64]
    intercepts: NDArray[np.float64]

    def predict(self, values: NDArray[np.float64]) -> list[str]:
        """Give the likeliest class of each row of values, float64 of shape (n, features)."""
        return [self.classes[place] for place in (values @ self.weights.T + self.intercepts).argmax(axis=1)]


@dataclass(frozen=True)
class Models:
    """The models of an encoder.

    Attributes:
        first: Judges a candidate by itself and beside its competitors.
        second: Judges it again, knowing how the first judged what competes with it and what supports it; its
            probabilities hold where half of the Japanese headlines have a partner.
        prior: What is believed of that share in a collection beforehand.
        relation: Tells how the news of two headlines are related.
        rerank: By the name of a second encoder, judges what is ambiguous again.
    """

    first: Judge
    second: Judge
    prior: Prior
    relation: Multinomial
    rerank: Mapping[str, Judge]

    def reranking(self, encoder: str) -> Judge:
        """Give the judge that looks again with a second encoder.

        Raises:
            StageError: There is none for this encoder.
        """
        if encoder not in self.rerank:
            known = ", ".join(sorted(self.rerank)) or "none"
            raise StageError("cannot be looked again with", value=encoder, remedy=f"Trained for: {known}.")
        return self.rerank[encoder]


@cache
def load_models(encoder: str) -> Models:
    """Read an encoder's models from the package.

    Raises:
        StageError: There are none for this encoder.
    """
    file = resources.files("alignkit.align").joinpath("trained", f"{encoder}.json")
    if not file.is_file():
        raise StageError("has no trained score", value=encoder, remedy="Train one with scripts/train_scorer.py.")
    content = json.loads(file.read_text(encoding="utf-8"))
    return Models(
        first=_judge(content["first"]),
        second=_judge(content["second"]),
        prior=Prior(**content["prior"]),
        relation=_multinomial(content["relation"]),
        rerank={name: _judge(judge) for name, judge in content["rerank"].items()},
    )


def _judge(content: Mapping[str, Any]) -> Judge:
    return Judge(content["base"], content["trees"], content["weights"], content["slope"], content["shift"])


def _multinomial(content: Mapping[str, Any]) -> Multinomial:
    weights: dict[str, dict[str, float]] = content["weights"]
    classes = tuple(weights)
    features = tuple(weights[classes[0]])
    return Multinomial(
        features,
        classes,
        np.array([[weights[name][feature] for feature in features] for name in classes]),
        np.array([content["intercepts"][name] for name in classes]),
    )


def _expression(tree: Tree) -> pl.Expr:
    if not isinstance(tree, dict):
        return pl.lit(float(tree))
    below, above = (_expression(cast("Tree", tree[side])) for side in ("below", "above"))
    return pl.when(pl.col(tree["feature"]) <= tree["threshold"]).then(below).otherwise(above)

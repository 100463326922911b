"""A second look, by a slower encoder, at what stays ambiguous: few headlines, so that it may take its time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from alignkit.align.blocks import candidate_rows
from alignkit.align.scorer import WIRE_ID_SCORE
from alignkit.progress import silent
from alignkit.reading import proper_texts

if TYPE_CHECKING:
    from alignkit.align.models import Judge
    from alignkit.encoders.embedder import Embedder
    from alignkit.progress import Progress

RERANK_FEATURES: Final = ("log_odds", "log_odds_gap", "second_cosine", "second_gap")
"""What the second look is judged by: the score's log-odds and the second encoder's cosine, each also less the best of the
Japanese headline's other candidates that are looked at."""

_SURELY_NOT: Final = 0.02
_SURELY: Final = 0.98
_LEAST_SCORE: Final = 0.005
_LOOKED_AT_FOR_EACH: Final = 3
_MOST_LOG_ODDS: Final = 12.0


def rerank(
    headlines: pl.DataFrame, scored: pl.DataFrame, *, judge: Judge, embedder: Embedder, progress: Progress = silent
) -> pl.DataFrame:
    """Judge again what is ambiguous, and leave all else as it is.

    Args:
        headlines: The table `alignkit.schema.HEADLINES`.
        scored: Its candidates with their `score`.
        judge: The model whose features are `RERANK_FEATURES`.
        embedder: The second encoder.
        progress: Told of the encoding.
    """
    looked_at = look_again(headlines, scored, embedder=embedder, progress=progress)
    again = judge.probability()
    judged = looked_at.select(
        "en_id",
        "ja_id",
        again=pl.when(pl.col("reason") == "wire_id").then(again.clip(lower_bound=WIRE_ID_SCORE)).otherwise(again),
    )
    joined = scored.join(judged, on=["en_id", "ja_id"], how="left", maintain_order="left")
    return joined.with_columns(score=pl.coalesce("again", "score")).drop("again")


def look_again(
    headlines: pl.DataFrame, scored: pl.DataFrame, *, embedder: Embedder, progress: Progress = silent
) -> pl.DataFrame:
    """Give the candidates that are ambiguous, with the columns of `RERANK_FEATURES`.

    A Japanese headline is ambiguous if the score is sure of none of its candidates, or of several; of these the best few
    are looked at.
    """
    unsure = pl.col("score").is_between(_SURELY_NOT, _SURELY).any()
    several = (pl.col("score") > _SURELY).sum() > 1
    chosen = scored.filter(
        (unsure | several).over("ja_id")
        & (pl.col("score") > _LEAST_SCORE)
        & (pl.col("score").rank("ordinal", descending=True).over("ja_id") <= _LOOKED_AT_FOR_EACH)
    )
    used = headlines.filter(pl.col("id").is_in([*chosen["en_id"], *chosen["ja_id"]]))
    vectors = embedder.embed(proper_texts(used), progress)
    en_rows, ja_rows = candidate_rows(used, chosen)
    cosine = np.einsum("ij,ij->i", vectors[en_rows], vectors[ja_rows]).astype(np.float64)
    odds = pl.col("score").clip(1e-6, 1 - 1e-6)
    return chosen.with_columns(
        log_odds=(odds / (1 - odds)).log().clip(-_MOST_LOG_ODDS, _MOST_LOG_ODDS), second_cosine=pl.Series(cosine)
    ).with_columns(log_odds_gap=_less_the_best_other("log_odds"), second_gap=_less_the_best_other("second_cosine"))


def _less_the_best_other(measure: str) -> pl.Expr:
    """Give a measure less the best that the Japanese headline's other candidates have; 0 where there is no other."""
    value = pl.col(measure)
    best, second = (value.top_k(2).sort().get(place, null_on_oob=True).over("ja_id") for place in (-1, 0))
    return (
        pl.when(pl.len().over("ja_id") == 1).then(0.0).when(value == best).then(value - second).otherwise(value - best)
    )

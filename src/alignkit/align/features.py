"""What the score of a candidate is computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from alignkit.align.blocks import cut_into_blocks
from alignkit.align.measures import TEXT_MEASURES, measure_blocks
from alignkit.progress import silent
from alignkit.reading import proper_texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from alignkit.encoders.embedder import Embedder
    from alignkit.progress import Progress
    from alignkit.text.lexicon.store import Lexicon

MEASURES: Final = ("cosine", "margin", "apart", *TEXT_MEASURES)
COMPARED: Final = ("cosine", "margin", "coverage", "facts", "hints")
FEATURES: Final = (
    *MEASURES,
    *(f"{measure}_{comparison}" for measure in COMPARED for comparison in ("gap_en", "gap_ja", "lead_ja")),
)
"""The columns that the score is computed from: each candidate's own measures, and how they stand among competitors'."""

_HINTS_FOR: Final = ("heard", "turns_matched")
_HINTS_AGAINST: Final = ("unheard", "turns_conflicting", "turns_left", "negations_en_more", "negations_ja_more")
_ROWS_PER_STEP: Final = 16_384
_LEAST_MEAN: Final = 1e-3


@dataclass(frozen=True)
class Featured:
    """Candidates with their features.

    Attributes:
        candidates: The table `alignkit.schema.CANDIDATES` with the columns of `FEATURES`.
        ja_rows: int64 of shape (p,): each candidate's row of `vectors` for its Japanese headline.
        vectors: float32 of shape (n, d), unit rows: the headlines' vectors.
    """

    candidates: pl.DataFrame
    ja_rows: NDArray[np.int64]
    vectors: NDArray[np.float32]


def add_features(
    headlines: pl.DataFrame,
    candidates: pl.DataFrame,
    *,
    margin_neighbours: int,
    embedder: Embedder,
    lexicon: Lexicon | None,
    processes: int = 1,
    progress: Progress = silent,
) -> Featured:
    """Add to the candidates the columns that the score is computed from.

    Args:
        headlines: The table `alignkit.schema.HEADLINES`.
        candidates: The table `alignkit.schema.CANDIDATES`, of these headlines.
        margin_neighbours: k of the ratio margin.
        embedder: What turns texts into vectors.
        lexicon: The bilingual lexicon; None where there is none.
        processes: How many processes compare words, where there is much to compare.
        progress: Told of the encoding and the comparing.

    Returns:
        The candidates with the columns of `FEATURES`; `apart` is days apart without sign, 0 where it is not known.
    """
    used = headlines.filter(
        pl.col("id").is_in(candidates["en_id"].implode()) | pl.col("id").is_in(candidates["ja_id"].implode())
    )
    texts = proper_texts(used)
    vectors = embedder.embed(texts, progress)
    blocks = list(cut_into_blocks(used, candidates))
    cosine = np.empty(candidates.height, dtype=np.float32)
    cosines = [
        pairwise_cosine(vectors[block.en], vectors[block.ja], block.en_places, block.ja_places) for block in blocks
    ]
    measures = np.empty((candidates.height, len(TEXT_MEASURES)), dtype=np.float32)
    ja_rows = np.empty(candidates.height, dtype=np.int64)
    compared = measure_blocks(texts, blocks, cosines, lexicon, processes=processes, progress=progress)
    for (block, measured), of_block in zip(compared, cosines, strict=True):
        cosine[block.rows] = of_block
        measures[block.rows] = measured
        ja_rows[block.rows] = block.ja[block.ja_places]
    featured = (
        candidates.with_columns(
            pl.Series("cosine", cosine).cast(pl.Float64),
            *(pl.Series(name, measures[:, place]).cast(pl.Float64) for place, name in enumerate(TEXT_MEASURES)),
            apart=pl.col("days_apart").abs().fill_null(0.0),
        )
        .with_columns(
            margin=ratio_margin(margin_neighbours),
            coverage=(pl.col("coverage_en") + pl.col("coverage_ja")) / 2,
            facts=pl.col("matched_facts") - pl.col("conflicting_facts") - pl.col("lonely_facts"),
            hints=pl.sum_horizontal(_HINTS_FOR) - pl.sum_horizontal(_HINTS_AGAINST),
        )
        .with_columns(expression for measure in COMPARED for expression in competition(measure))
    )
    return Featured(featured, ja_rows, vectors)


def pairwise_cosine(
    en: NDArray[np.float32], ja: NDArray[np.float32], en_rows: NDArray[np.int64], ja_rows: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Give the cosine of each candidate.

    Args:
        en: float32 of shape (n, d), unit rows.
        ja: float32 of shape (m, d), unit rows.
        en_rows: int64 of shape (p,): each candidate's row of `en`.
        ja_rows: int64 of shape (p,): each candidate's row of `ja`.

    Returns:
        float32 of shape (p,), between -1 and 1.
    """
    cosine = np.empty(len(en_rows), dtype=np.float32)
    for start in range(0, len(en_rows), _ROWS_PER_STEP):
        step = slice(start, start + _ROWS_PER_STEP)
        cosine[step] = np.einsum("ij,ij->i", en[en_rows[step]], ja[ja_rows[step]])
    return np.clip(cosine, -1.0, 1.0)


def ratio_margin(neighbours: int) -> pl.Expr:
    """Give the ratio margin of each candidate, from the columns en_id, ja_id and cosine of all candidates.

    It is the cosine divided by the mean of the two headlines' mean cosines with their k nearest neighbours (Artetxe and
    Schwenk, 2019, "Margin-based Parallel Corpus Mining with Multilingual Sentence Embeddings", equation 1 with the
    ratio of section 3.2). The neighbours are looked for among a headline's own candidates: where these hold its k
    nearest, as the stage pair makes them, the result is the same as with all headlines.

    Args:
        neighbours: k.
    """
    cosine = pl.col("cosine")
    mean_en = cosine.top_k(neighbours).mean().over("en_id")
    mean_ja = cosine.top_k(neighbours).mean().over("ja_id")
    return cosine / ((mean_en + mean_ja) / 2).clip(lower_bound=_LEAST_MEAN)


def competition(measure: str) -> list[pl.Expr]:
    """Give how a measure of a candidate stands among those of its headlines' other candidates.

    These are its distance from the best that the English headline has (`…_gap_en`), from the best that the Japanese one
    has (`…_gap_ja`), and from the second best that the Japanese one has (`…_lead_ja`, which only the best has above 0).
    """
    value = pl.col(measure)
    return [
        (value - value.max().over("en_id")).alias(f"{measure}_gap_en"),
        (value - value.max().over("ja_id")).alias(f"{measure}_gap_ja"),
        (value - value.top_k(2).min().over("ja_id")).alias(f"{measure}_lead_ja"),
    ]

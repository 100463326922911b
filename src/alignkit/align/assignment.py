"""Which of the scored candidates are aligned: one English headline, any number of reprints."""

from __future__ import annotations

import polars as pl


def assign(candidates: pl.DataFrame, *, threshold: float) -> pl.DataFrame:
    """Keep, of each Japanese headline's candidates, the one with the best score, if it reaches the threshold.

    So a reprint belongs to at most one English headline, an English headline may have any number of reprints, and
    either may stay alone. Ties go to the greater margin, then the greater cosine, then the smaller English id.

    Args:
        candidates: Rows with the columns en_id, ja_id, cosine, margin and score.
        threshold: The least score that is kept.
    """
    return (
        candidates.filter(pl.col("score") >= threshold)
        .sort("score", "margin", "cosine", "en_id", descending=[True, True, True, False])
        .unique("ja_id", keep="first", maintain_order=True)
    )

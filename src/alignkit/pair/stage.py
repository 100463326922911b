"""The stage pair: from headlines to candidates, the pairs that could be one story."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from alignkit.config import PairSettings
from alignkit.pair.neighbours import Side, neighbour_pairs
from alignkit.progress import silent
from alignkit.reading import proper_texts
from alignkit.schema import CANDIDATES, HEADLINES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from alignkit.encoders.embedder import Embedder
    from alignkit.progress import Progress
    from alignkit.schema import Language

_MICROSECONDS_PER_DAY = 86_400_000_000


def find_candidates(
    headlines: pl.DataFrame,
    *,
    settings: PairSettings | None = None,
    embedder: Embedder | None = None,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Find the pairs of an English and a Japanese headline that could be one story.

    These are the headlines that share a wire id, and each headline's nearest neighbours in the other language, among
    those published within the window where both times are known, among all where they are not.

    Args:
        headlines: The table `alignkit.schema.HEADLINES`.
        settings: The window and the number of neighbours.
        embedder: What turns texts into vectors; None for the default encoder.
        progress: Told of each block.

    Returns:
        The table `alignkit.schema.CANDIDATES`, sorted by its key.

    Raises:
        SchemaError: `headlines` is not such a table.
    """
    settings = settings or PairSettings()
    headlines = HEADLINES.validate(headlines)
    if embedder is None:
        from alignkit.encoders.embedder import Embedder  # noqa: PLC0415

        embedder = Embedder()
    # In the order of ids, so that the result does not depend on the order of the rows.
    en, ja = (headlines.filter(pl.col("lang") == lang).sort("id") for lang in ("en", "ja"))
    vectors = embedder.embed(proper_texts(pl.concat([en, ja])), progress)
    found = neighbour_pairs(
        Side(vectors[: en.height], _days(en)),
        Side(vectors[en.height :], _days(ja)),
        neighbours=settings.neighbours,
        window_days=settings.window_days,
        progress=progress,
    )
    by_neighbour = pl.DataFrame({"en_id": en["id"][found[:, 0]], "ja_id": ja["id"][found[:, 1]]})
    by_wire_id = _keyed(en, "en").join(_keyed(ja, "ja"), on="wire_id").select("en_id", "ja_id", wire=pl.lit(value=True))
    candidates = (
        by_neighbour.join(by_wire_id, on=["en_id", "ja_id"], how="full", coalesce=True)
        .join(_timed(en, "en"), on="en_id")
        .join(_timed(ja, "ja"), on="ja_id")
        .with_columns(days_apart=_days_apart())
        .with_columns(
            reason=pl.when(pl.col("wire"))
            .then(pl.lit("wire_id"))
            .when(pl.col("days_apart").is_not_null())
            .then(pl.lit("date_window"))
            .otherwise(pl.lit("neighbour"))
        )
        .select(CANDIDATES.schema.names())
        .sort(CANDIDATES.key)
    )
    return CANDIDATES.validate(candidates)


def _days(headlines: pl.DataFrame) -> NDArray[np.float64]:
    microseconds = headlines["published_at"].dt.epoch("us")
    return (microseconds.cast(pl.Float64) / _MICROSECONDS_PER_DAY).fill_null(np.nan).to_numpy()


def _keyed(headlines: pl.DataFrame, lang: Language) -> pl.DataFrame:
    return headlines.filter(pl.col("wire_id").is_not_null()).select("wire_id", pl.col("id").alias(f"{lang}_id"))


def _timed(headlines: pl.DataFrame, lang: Language) -> pl.DataFrame:
    return headlines.select(pl.col("id").alias(f"{lang}_id"), pl.col("published_at").alias(f"{lang}_at"))


def _days_apart() -> pl.Expr:
    microseconds = (pl.col("ja_at") - pl.col("en_at")).dt.total_microseconds()
    return microseconds.cast(pl.Float64) / _MICROSECONDS_PER_DAY

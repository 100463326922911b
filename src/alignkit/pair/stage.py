"""The stage pair: from headlines to candidates, the pairs that could be one story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from alignkit.config import PairSettings
from alignkit.pair.credits import agencies
from alignkit.pair.dates import days_apart, publication_times
from alignkit.pair.neighbours import Side, neighbour_pairs
from alignkit.progress import silent
from alignkit.reading import read_headlines
from alignkit.schema import CANDIDATES, HEADLINES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from alignkit.encoders.embedder import Embedder
    from alignkit.progress import Progress
    from alignkit.schema import Language

_PAIR: Final = ("en_id", "ja_id")


def find_candidates(
    headlines: pl.DataFrame,
    *,
    settings: PairSettings | None = None,
    embedder: Embedder | None = None,
    known_pairs: pl.DataFrame | None = None,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Find the pairs of an English and a Japanese headline that could be one story.

    These are the headlines that share a wire id; those that are known to belong together; each headline's nearest
    neighbours in the other language; and, of a headline that comes from an agency, its nearest neighbours among the other
    language's headlines of that agency, which may be farther from it than others are. Neighbours are published within the
    window where both times are known, at any time where they are not.

    Args:
        headlines: The table `alignkit.schema.HEADLINES`.
        settings: The window and the number of neighbours.
        embedder: What turns texts into vectors; None for the default encoder.
        known_pairs: Headlines that something outside of them, such as a page that links to both, says belong together:
            the columns en_id and ja_id. Pairs of headlines that are not there are passed over.
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
    en, ja = _read_sides(headlines, embedder, progress)
    known = CANDIDATES.frame([]) if known_pairs is None else known_pairs
    by_wire_id = en.keyed("en").join(ja.keyed("ja"), on="wire_id")
    near = [_pairs_of(en, ja, found) for found in _neighbours(en, ja, settings, progress)]
    pairs = pl.concat([by_wire_id.select(_PAIR), known.select(_PAIR), *near]).unique()
    described = (
        pairs.join(en.described("en"), on="en_id")
        .join(ja.described("ja"), on="ja_id")
        .join(known.select(_PAIR).unique().with_columns(known=True), on=_PAIR, how="left")
        .with_columns(days_apart=days_apart())
        .with_columns(reason=_reason())
    )
    return CANDIDATES.validate(described.select(CANDIDATES.schema.names()).sort(CANDIDATES.key))


@dataclass(frozen=True)
class _Headlines:
    """One language's headlines, in the order of their ids, so that the result does not depend on the order of the rows.

    Attributes:
        table: Their table with the column agency.
        side: Their vectors and times.
    """

    table: pl.DataFrame
    side: Side

    def of_agency(self, agency: str) -> NDArray[np.intp]:
        """Give the rows of an agency's headlines."""
        return np.asarray(self.table["agency"].eq_missing(agency).arg_true().to_numpy(), dtype=np.intp)

    def keyed(self, lang: Language) -> pl.DataFrame:
        """Give the headlines that have a wire id: the columns wire_id and the id."""
        return self.table.filter(pl.col("wire_id").is_not_null()).select("wire_id", pl.col("id").alias(f"{lang}_id"))

    def described(self, lang: Language) -> pl.DataFrame:
        """Give what the reason of a candidate is told by."""
        names = {"id": "id", "published_at": "at", "wire_id": "wire_id", "agency": "agency"}
        return self.table.select(pl.col(name).alias(f"{lang}_{short}") for name, short in names.items())


def _read_sides(headlines: pl.DataFrame, embedder: Embedder, progress: Progress) -> tuple[_Headlines, _Headlines]:
    table = headlines.sort("lang", "id")  # English comes first.
    read = read_headlines(table)
    vectors = embedder.embed([headline.text for headline in read], progress)
    table = table.with_columns(agencies(table, read))
    times = publication_times(table)
    english = int((table["lang"] == "en").sum())
    en, ja = (
        _Headlines(table[rows], Side(vectors[rows], times.first[rows], times.last[rows]))
        for rows in (slice(0, english), slice(english, None))
    )
    return en, ja


def _neighbours(
    en: _Headlines, ja: _Headlines, settings: PairSettings, progress: Progress
) -> Iterator[NDArray[np.int64]]:
    """Give the rows of the pairs of neighbours, first among all headlines, then among those of each agency."""
    yield neighbour_pairs(
        en.side, ja.side, neighbours=settings.neighbours, window_days=settings.window_days, progress=progress
    )
    shared = set(en.table["agency"].drop_nulls()) & set(ja.table["agency"].drop_nulls())
    for agency in sorted(shared):
        en_rows, ja_rows = en.of_agency(agency), ja.of_agency(agency)
        found = neighbour_pairs(
            en.side.take(en_rows),
            ja.side.take(ja_rows),
            neighbours=settings.neighbours,
            window_days=settings.window_days,
            progress=silent,
        )
        yield np.column_stack([en_rows[found[:, 0]], ja_rows[found[:, 1]]])


def _pairs_of(en: _Headlines, ja: _Headlines, found: NDArray[np.int64]) -> pl.DataFrame:
    return pl.DataFrame({"en_id": en.table["id"][found[:, 0]], "ja_id": ja.table["id"][found[:, 1]]})


def _reason() -> pl.Expr:
    """Give the first of `alignkit.schema.CANDIDATE_REASONS` that holds."""
    return (
        pl.when(pl.col("en_wire_id") == pl.col("ja_wire_id"))
        .then(pl.lit("wire_id"))
        .when(pl.col("known"))
        .then(pl.lit("mention"))
        .when(pl.col("en_agency") == pl.col("ja_agency"))
        .then(pl.lit("credit"))
        .when(pl.col("days_apart").is_not_null())
        .then(pl.lit("date_window"))
        .otherwise(pl.lit("neighbour"))
    )

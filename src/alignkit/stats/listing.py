"""The pairs that a page lists, with what of each headline the other one says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from alignkit.align.explained import ExplainedPair
from alignkit.align.explanation import explain_pairs
from alignkit.progress import silent
from alignkit.reading import read_headlines
from alignkit.schema import HEADLINES, LANGUAGES
from alignkit.stats.dataset_files import find_dataset, reading
from alignkit.stats.marks import marked_headlines
from alignkit.stats.measure import CHECKS
from alignkit.text.lexicon.store import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alignkit.progress import Progress
    from alignkit.stats.marks import Piece

MOST_PAIRS: Final = 10_000

_AT_A_TIME: Final = 1_000
_SIDE: Final = ("id", "outlet", "url", "published_at", "sha256", "length")
_FIELDS: Final = (
    *("pair_id", "story_id", "split", "relation", "score", "coverage_en", "coverage_ja", "days_apart"),
    *("wire_id", "section", *CHECKS),
    *(f"{lang}_{name}" for lang in LANGUAGES for name in _SIDE),
)


@dataclass(frozen=True)
class Listing:
    """The pairs that a page lists.

    Attributes:
        total: How many pairs the dataset has.
        fields: What the values of a row are.
        rows: The pairs: the values of the fields, of which the last two are the pieces of the two headlines; None for a
            headline that the dataset only points to.
    """

    total: int
    fields: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain values, for JSON."""
        return {"total": self.total, "fields": self.fields, "rows": self.rows}


def list_pairs(folder: Path, *, most: int = MOST_PAIRS, progress: Progress = silent) -> Listing:
    """List a dataset's pairs, or of more than `most` every so many, so that each split has its share.

    Args:
        folder: The dataset's folder.
        most: The most pairs to list.
        progress: Who is told how far it has come.

    Raises:
        InputError: There are no pairs, or a file cannot be read.
        SchemaError: A column is of a type that it cannot have.
    """
    files = find_dataset(folder)
    with reading(folder):
        total = files.pairs().select(pl.len()).collect().item()
        every = pl.Series([place * total // most for place in range(most)] if total > most else range(total))
        pairs = files.pairs().with_row_index("place").filter(pl.col("place").is_in(every.implode())).collect()
    times = pl.selectors.temporal().dt.strftime("%Y-%m-%d %H:%M")
    numbers = pl.selectors.float().round(4)
    finite = pl.when(numbers.is_finite()).then(numbers)
    rows = pairs.with_columns(times, finite).select(_FIELDS).rows()
    marked = zip(rows, _headlines(pairs, progress), strict=True)
    return Listing(total, (*_FIELDS, *LANGUAGES), tuple((*row, *headlines) for row, headlines in marked))


def _headlines(pairs: pl.DataFrame, progress: Progress) -> list[tuple[list[Piece] | None, list[Piece] | None]]:
    """Give each pair's two headlines in pieces."""
    whole = pairs.select(pl.all_horizontal(pl.col(LANGUAGES).is_not_null())).to_series()
    explained = iter(_explained(pairs.filter(whole), progress))
    return [
        marked_headlines(next(explained)) if both else tuple(None if text is None else [text] for text in texts)  # type: ignore[misc]
        for both, texts in zip(whole, pairs.select(LANGUAGES).iter_rows(), strict=True)
    ]


def _explained(pairs: pl.DataFrame, progress: Progress) -> Iterator[ExplainedPair]:
    read = {lang: read_headlines(_as_headlines(pairs, lang)) for lang in LANGUAGES}
    lexicon = load_lexicon() if pairs.height else None
    for first in range(0, pairs.height, _AT_A_TIME):
        part = slice(first, first + _AT_A_TIME)
        en, ja = (read[lang][part] for lang in LANGUAGES)
        explained = explain_pairs([each.text for each in en], [each.text for each in ja], lexicon)
        progress("explain", min(first + _AT_A_TIME, pairs.height), pairs.height)
        labels = (pairs[part][name] for name in ("score", "relation"))
        for facts in zip(en, ja, *labels, explained, strict=True):
            yield ExplainedPair(*facts)


def _as_headlines(pairs: pl.DataFrame, lang: str) -> pl.DataFrame:
    """Give one side of pairs as headlines, a row a pair."""
    return pairs.select(
        text=lang, outlet=f"{lang}_outlet", credit=pl.lit(None, HEADLINES.schema["credit"]), lang=pl.lit(lang)
    )

"""All headlines of an export by what can tie them together: a few numbers for each, and what they say."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from alignkit.errors import StageError
from alignkit.export.proper_text import bare_letters
from alignkit.export.threads import in_threads
from alignkit.schema import LANGUAGES
from alignkit.text.normalise import proper_column

if TYPE_CHECKING:
    from alignkit.export.rows import Rows
    from alignkit.text.normalise import Affixes

_READ: Final = ("id", "lang", "text", "published_at", "wire_id")


def index_headlines(headlines: Rows, pairs: Rows, affixes: Affixes) -> pl.DataFrame:
    """Read the headlines of an export for what ties them together.

    Args:
        headlines: The table `alignkit.schema.HEADLINES`.
        pairs: The table `alignkit.schema.PAIRS`, made of these headlines.
        affixes: What outlets put around headlines.

    Returns:
        A row a headline, in their order: id and wire (hashes of the ids), lang, bare (the headline in bare letters), text
        (its hash), time (microseconds, or null), story (the story's id, or null for a headline without a pair), and name
        (the story's id or else the headline's). Hashes are good for one run alone.

    Raises:
        StageError: A headline of a pair is not among the headlines.
    """
    parts = in_threads(partial(_index, affixes=affixes), headlines.batches(_READ))
    story_of = _stories(pairs)
    index = pl.concat(list(parts)).join(story_of, on="id", how="left", maintain_order="left")
    _check_all_there(index, story_of, headlines, pairs)
    name = pl.coalesce(pl.col("story").cast(pl.String), headlines.columns("id")["id"])
    return index.with_columns(name=name)


def _index(headlines: pl.DataFrame, affixes: Affixes) -> pl.DataFrame:
    bare = bare_letters(proper_column(headlines["text"], affixes))
    return headlines.select(
        id=pl.col("id").hash(),
        wire=pl.when(pl.col("wire_id").is_not_null()).then(pl.col("wire_id").hash()),
        lang=pl.col("lang").cast(pl.Enum(LANGUAGES)),
        bare=bare,
        text=bare.hash(),
        time=pl.col("published_at").dt.epoch("us"),
    )


def _stories(pairs: Rows) -> pl.DataFrame:
    """Give the story of each headline that has a pair, by the hash of its id."""
    sides = (
        pairs.lazy().select(id=pl.col(column).hash(), story=pl.col("story_id").cast(pl.Categorical))
        for column in ("en_id", "ja_id")
    )
    return pl.concat(list(sides)).unique("id", keep="first", maintain_order=True).collect()


def _check_all_there(index: pl.DataFrame, story_of: pl.DataFrame, headlines: Rows, pairs: Rows) -> None:
    if index["story"].count() == story_of.height:
        return
    known = set(headlines.columns("id")["id"])
    for row, (pair, *ids) in enumerate(pairs.columns("pair_id", "en_id", "ja_id").iter_rows()):
        unknown = [found for found in ids if found not in known]
        if unknown:
            where = headlines.path or "table 'headlines'"
            remedy = f"Pair {pair} (row {row + 1}) has it; pairs and headlines must come from one run."
            raise StageError("has no headline with this id", path=where, value=unknown[0], remedy=remedy)

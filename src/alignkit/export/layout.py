"""The dataset's files: every config and split, written in one pass over the pairs and one over the headlines."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

import polars as pl

from alignkit.export.configs import MT_SPLITS, config_table, pointer_name
from alignkit.export.shards import SHARD_ROWS, ShardWriter
from alignkit.export.splits import SPLIT_TYPE, SPLITS
from alignkit.export.standoff import add_pointers
from alignkit.outlets.affixes import registered_affixes
from alignkit.schema import ALIGNED_RELATIONS
from alignkit.text.normalise import proper_column

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alignkit.export.configs import ConfigName, TextForm
    from alignkit.export.rows import Rows
    from alignkit.export.shards import Written
    from alignkit.text.normalise import Affixes

WrittenConfigs: TypeAlias = "dict[ConfigName, dict[str, Written]]"
Writers: TypeAlias = "dict[ConfigName, dict[str, ShardWriter]]"

_POINTER_PARTS: Final = ("sha256", "length")
_ALIGNED: Final = pl.col("relation").is_in(ALIGNED_RELATIONS)


@dataclass(frozen=True)
class Placed:
    """What goes where.

    Attributes:
        pairs: The table `alignkit.schema.PAIRS`, the pairs of each story next to each other.
        headlines: The table `alignkit.schema.HEADLINES`.
        pair_splits: The split of each pair; null leaves it out.
        headline_splits: The split of each headline; null leaves it out.
        headline_stories: The story of each headline, or null for one without a pair.
    """

    pairs: Rows
    headlines: Rows
    pair_splits: pl.Series
    headline_splits: pl.Series
    headline_stories: pl.Series


@dataclass(frozen=True)
class TextRule:
    """What becomes of headlines' text.

    Attributes:
        form: Whether it is written.
        salt: What hashes are made with in its place, see `alignkit.export.standoff`.
        affixes: What is taken off headlines in the config mt.
    """

    form: TextForm = "full"
    salt: str | None = None
    affixes: Affixes = field(default_factory=registered_affixes)

    def prepared(self, frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
        """Give a table with the columns of pointers, if they are wanted."""
        return frame if self.form == "full" else add_pointers(frame, columns, self.salt)

    def proper(self, frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
        """Give a table with headlines proper in its columns with text, if they are wanted."""
        if self.form != "full":
            return frame
        # Columns one below the other, since each call costs something however few texts there are.
        proper = proper_column(pl.concat([frame[column].rename("text") for column in columns]), self.affixes)
        parts = (proper.slice(place * frame.height, frame.height) for place in range(len(columns)))
        return frame.with_columns(part.alias(column) for column, part in zip(columns, parts, strict=True))


def write_layout(placed: Placed, folder: Path, rule: TextRule, *, shard_rows: int = SHARD_ROWS) -> WrittenConfigs:
    """Write data/CONFIG/SPLIT-*.parquet for every config and split that has rows.

    Args:
        placed: What goes where.
        folder: The dataset's folder.
        rule: What becomes of headlines' text.
        shard_rows: The most rows of a file.
    """
    rows = _row_counts(placed)
    with ThreadPoolExecutor(os.cpu_count()) as pool, ExitStack() as stack:
        writers: Writers = {}
        for config, counts in rows.items():
            table = config_table(config, rule.form)
            writers[config] = {
                split: ShardWriter(table, split, count, folder, pool, shard_rows=shard_rows)
                for split, count in counts.items()
            }
            for writer in writers[config].values():
                stack.callback(writer.abandon)
        _write_pairs(placed, rule, writers)
        _write_headlines(placed, rule, writers)
        return {
            config: {split: writer.close() for split, writer in of_config.items()}
            for config, of_config in writers.items()
            if of_config
        }


def _row_counts(placed: Placed) -> dict[ConfigName, dict[str, int]]:
    pairs = placed.pairs.lazy().select(story=pl.col("story_id").hash(), aligned=_ALIGNED).collect()
    stories = pairs.group_by("story", split=placed.pair_splits).agg(pl.col("aligned").any())
    tested = stories.filter("aligned", pl.col("split").cast(pl.String).is_in(MT_SPLITS))
    return {
        "pairs": _counts(placed.pair_splits),
        "stories": _counts(stories["split"]),
        "headlines": _counts(placed.headline_splits),
        "mt": _counts(tested["split"]),
    }


def _counts(splits: pl.Series) -> dict[str, int]:
    counts = dict(splits.drop_nulls().cast(SPLIT_TYPE).value_counts().iter_rows())
    return {split: counts[split] for split in SPLITS if split in counts}


# --- pairs, stories and mt --------------------------------------------------------------------------------------------


def _write_pairs(placed: Placed, rule: TextRule, writers: Writers) -> None:
    columns = config_table("pairs", rule.form).schema.names()
    for batch in _whole_stories(placed):
        prepared = rule.prepared(batch, "en", "ja")
        for split, writer in writers["pairs"].items():
            rows = prepared.filter(pl.col("split") == split)
            writer.write(rows.select(columns))
            writers["stories"][split].write(_stories(rows, rule))
        tested = rule.proper(prepared.filter(_ALIGNED, pl.col("split").cast(pl.String).is_in(MT_SPLITS)), "en", "ja")
        for split, writer in writers["mt"].items():
            writer.write(_mt(tested.filter(pl.col("split") == split), rule))


def _whole_stories(placed: Placed) -> Iterator[pl.DataFrame]:
    """Give the pairs with their splits, a batch at a time, no story in two batches."""
    first = 0
    begun: pl.DataFrame | None = None
    for batch in placed.pairs.batches():
        rows = batch.with_columns(split=placed.pair_splits[first : first + batch.height])
        first += batch.height
        rows = rows if begun is None else pl.concat([begun, rows])
        last = rows["story_id"] == rows["story_id"][-1]
        begun, rows = rows.filter(last), rows.filter(~last)
        if rows.height:
            yield rows
    if begun is not None:
        yield begun


def _stories(pairs: pl.DataFrame, rule: TextRule) -> pl.DataFrame:
    text = {"text": "ja"} if rule.form == "full" else {part: pointer_name("ja", part) for part in _POINTER_PARTS}
    fields = {"ja_id": "ja_id"} | text
    fields |= {"outlet": "ja_outlet", "url": "ja_url", "published_at": "ja_published_at"}
    fields |= {"relation": "relation", "score": "score"}
    names = config_table("stories", rule.form).schema.names()
    firsts = [name for name in names if name not in {"story_id", "wire_id", "section", "references", "n_references"}]
    return (
        pairs.group_by("story_id", maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in firsts),
            *(pl.col(name).drop_nulls().first() for name in ("wire_id", "section")),
            pl.struct(pl.col(old).alias(new) for new, old in fields.items()).alias("references"),
            pl.len().cast(pl.Int64).alias("n_references"),
        )
        .select(names)
    )


def _mt(pairs: pl.DataFrame, rule: TextRule) -> pl.DataFrame:
    names = {"source": "en", "references": "ja"}
    texts = names
    if rule.form != "full":
        texts = {pointer_name(new, part): f"{old}_{part}" for new, old in names.items() for part in _POINTER_PARTS}
    one = {new: old for new, old in texts.items() if new.startswith("source")}
    many = {new: old for new, old in texts.items() if new.startswith("reference")}
    many |= {"reference_ids": "ja_id", "reference_outlets": "ja_outlet", "reference_relations": "relation"}
    return (
        pairs.group_by(pl.col("story_id").alias("id"), maintain_order=True)
        .agg(
            pl.col("en_id").first().alias("source_id"),
            *(pl.col(old).first().alias(new) for new, old in one.items()),
            *(pl.col(old).alias(new) for new, old in many.items()),
        )
        .select(config_table("mt", rule.form).schema.names())
    )


# --- headlines --------------------------------------------------------------------------------------------------------


def _write_headlines(placed: Placed, rule: TextRule, writers: Writers) -> None:
    names = config_table("headlines", rule.form).schema.names()
    read = [name for name in placed.headlines.table.schema.names() if name != "source"]
    first = 0
    for batch in placed.headlines.batches(read):
        rows = slice(first, first + batch.height)
        first += batch.height
        placed_rows = batch.with_columns(
            placed.headline_splits[rows].alias("split"),
            placed.headline_stories[rows].cast(pl.String).alias("story_id"),
        )
        prepared = rule.prepared(placed_rows, "text")
        for split, writer in writers["headlines"].items():
            writer.write(prepared.filter(pl.col("split") == split).select(names))

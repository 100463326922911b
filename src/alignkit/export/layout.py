"""The dataset's files: every config and split, written in one pass over the pairs and one over the headlines."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

import polars as pl

from alignkit.export.configs import MT_SPLITS, config_table, pointer_name
from alignkit.export.proper_text import proper_texts
from alignkit.export.shards import SHARD_ROWS, ShardWriter
from alignkit.export.splits import SPLIT_TYPE, SPLITS
from alignkit.export.standoff import add_pointers
from alignkit.outlets.affixes import registered_affixes
from alignkit.schema import ALIGNED_RELATIONS, PAIRS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alignkit.export.configs import ConfigName, TextForm
    from alignkit.export.rows import Rows
    from alignkit.export.shards import Written
    from alignkit.text.normalise import Affixes

WrittenConfigs: TypeAlias = "dict[ConfigName, dict[str, Written]]"
Writers: TypeAlias = "dict[ConfigName, dict[str, ShardWriter]]"

_FOR_STORIES: Final = tuple(
    name
    for name in PAIRS.schema.names()
    if name
    not in {
        "pair_id",
        "days_apart",
        "cosine",
        "margin",
        "coverage_en",
        "coverage_ja",
        "numbers",
        "dates",
        "names",
        "polarity",
    }
)
"""The columns of pairs that stories and mt are made of."""

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

    def proper(self, texts: pl.Series) -> pl.Series:
        """Give headlines proper."""
        return proper_texts(texts.to_list(), self.affixes)


def write_layout(placed: Placed, folder: Path, rule: TextRule, *, shard_rows: int = SHARD_ROWS) -> WrittenConfigs:
    """Write data/CONFIG/SPLIT-*.parquet for every config and split that has rows.

    Args:
        placed: What goes where.
        folder: The dataset's folder.
        rule: What becomes of headlines' text.
        shard_rows: The most rows of a file.
    """
    rows = _row_counts(placed)
    with ExitStack() as stack, ThreadPoolExecutor(max_workers=2) as threads:
        writers: Writers = {}
        for config, counts in rows.items():
            table = config_table(config, rule.form)
            writers[config] = {
                split: ShardWriter(table, split, count, folder, shard_rows=shard_rows)
                for split, count in counts.items()
            }
            for writer in writers[config].values():
                stack.callback(writer.abandon)
        # Parquet is encoded outside of Python's lock, so that two of the passes do run at once.
        passes = [
            threads.submit(write_pass, placed, rule, writers)
            for write_pass in (_write_pairs, _write_stories, _write_headlines)
        ]
        for done in passes:
            done.result()
        return {
            config: {split: writer.close() for split, writer in of_config.items()}
            for config, of_config in writers.items()
            if of_config
        }


def _row_counts(placed: Placed) -> dict[ConfigName, dict[str, int]]:
    pairs = placed.pairs.columns("story_id", "relation").with_columns(split=placed.pair_splits)
    stories = pairs.group_by("story_id").agg(pl.col("split").first(), _ALIGNED.any().alias("aligned"))
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
    first = 0
    for batch in placed.pairs.batches():
        rows = batch.with_columns(split=placed.pair_splits[first : first + batch.height])
        first += batch.height
        prepared = rule.prepared(rows, "en", "ja")
        for split, writer in writers["pairs"].items():
            writer.write(prepared.filter(pl.col("split") == split).select(columns))


def _write_stories(placed: Placed, rule: TextRule, writers: Writers) -> None:
    for batch in _whole_stories(placed):
        prepared = rule.prepared(batch, "en", "ja")
        for split, writer in writers["stories"].items():
            rows = prepared.filter(pl.col("split") == split)
            writer.write(_stories(rows, rule))
            if split in writers["mt"]:
                writers["mt"][split].write(_mt(rows.filter(_ALIGNED), rule))


def _whole_stories(placed: Placed) -> Iterator[pl.DataFrame]:
    """Give the pairs with their splits, a batch at a time, no story in two batches."""
    first = 0
    begun: pl.DataFrame | None = None
    for batch in placed.pairs.batches(_FOR_STORIES):
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
    if rule.form == "full":
        pairs = pairs.with_columns(rule.proper(pairs[text]).alias(text) for text in names.values())
        texts = names
    else:
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

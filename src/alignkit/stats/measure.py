"""A dataset in numbers, counted from all of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import polars as pl

from alignkit.schema import LANGUAGES, RELATIONS, VERDICTS
from alignkit.stats.dataset_files import DEFAULT_CONFIG, find_dataset, reading
from alignkit.stats.model import Coverage, DatasetStats, Lengths, OutletMonths
from alignkit.stats.spread import in_bins, spread_of
from alignkit.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from alignkit.schema import Language
    from alignkit.stats.dataset_files import DatasetFiles

T = TypeVar("T")

CHECKS: Final = ("numbers", "dates", "names", "polarity")

_SCORE_EDGES: Final = tuple(step / 20 for step in range(21))
_DAY_EDGES: Final = (-7.0, -3.0, -1.0, -0.5, -0.25, 0.0, 0.25, 0.5, 1.0, 3.0, 7.0)
_LENGTH_EDGES: Final = {"en": tuple(range(10, 140, 10)), "ja": tuple(range(5, 65, 5))}
_COVERAGE_STEPS: Final = 10
_WORDS_COUNTED: Final = 4_000
"""The headlines of a language whose words are counted at most: enough for any figure here, and a matter of seconds."""


def dataset_stats(folder: Path) -> DatasetStats:
    """Count what a dataset holds.

    Args:
        folder: The dataset's folder, as 'alignkit export' writes it; other columns and a missing manifest are borne with.

    Raises:
        InputError: There are no pairs, or a file cannot be read.
        SchemaError: A column is of a type that it cannot have.
    """
    files = find_dataset(folder)
    with reading(folder):
        return _measured(files)


def _measured(files: DatasetFiles) -> DatasetStats:
    pairs, headlines = files.pairs(), files.headlines()
    manifest = files.manifest
    rows = files.rows()
    pointers = pl.all_horizontal(pl.col("en", "ja").is_null()).all() & (pl.len() > 0)
    return DatasetStats(
        name=str(manifest.get("name") or files.folder.resolve().name),
        version=_text(manifest.get("version")),
        license=_text(manifest.get("license")),
        synthetic=value if isinstance(value := manifest.get("synthetic"), bool) else None,
        text="stand-off" if pairs.select(pointers).collect().item() else "full",
        rows=rows,
        pairs=sum(rows[DEFAULT_CONFIG].values()),
        stories=pairs.select(pl.col("story_id").drop_nulls().n_unique()).collect().item(),
        languages=_languages(headlines),
        period=_period(headlines),
        relations=_relations(pairs),
        score=spread_of(pairs.select("score").collect().to_series()),
        scores=in_bins(pairs, "score", _SCORE_EDGES, closed=True),
        checks={check: _verdicts(pairs, check) for check in CHECKS},
        coverage=_coverage(pairs),
        reprints=_reprints(pairs),
        days_apart=in_bins(pairs, "days_apart", _DAY_EDGES, closed=False),
        lengths={lang: _lengths(headlines, lang) for lang in LANGUAGES},
        outlets=_outlets(headlines),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _languages(headlines: pl.LazyFrame) -> dict[str, int]:
    counts = headlines.group_by("lang").agg(pl.len()).collect()
    return _in_order(dict(counts.drop_nulls().iter_rows()), LANGUAGES)


def _period(headlines: pl.LazyFrame) -> tuple[str, str] | None:
    time = pl.col("published_at")
    first, last = headlines.select(time.min().alias("first"), time.max().alias("last")).collect().row(0)
    return None if first is None else (first.date().isoformat(), last.date().isoformat())


def _relations(pairs: pl.LazyFrame) -> dict[str, dict[str, int]]:
    counted = pairs.group_by("relation", "split").agg(pl.len()).sort("split").collect()
    counts: dict[str, dict[str, int]] = {}
    for relation, split, rows in counted.drop_nulls().iter_rows():
        counts.setdefault(relation, {})[split] = rows
    return _in_order(counts, RELATIONS)


def _verdicts(pairs: pl.LazyFrame, check: str) -> dict[str, int]:
    counts: dict[str, int] = dict(pairs.group_by(check).agg(pl.len()).collect().drop_nulls().iter_rows())
    return _in_order({**dict.fromkeys(VERDICTS, 0), **counts}, VERDICTS)


def _in_order(counts: dict[str, T], order: Sequence[str]) -> dict[str, T]:
    """Put what is known into its order, and what is not behind it."""
    names = sorted(counts, key=lambda name: (order.index(name) if name in order else len(order), name))
    return {name: counts[name] for name in names}


def _coverage(pairs: pl.LazyFrame) -> Coverage:
    shares = pairs.select("coverage_en", "coverage_ja").collect()
    places = [
        (pl.col(name) * _COVERAGE_STEPS).floor().clip(0, _COVERAGE_STEPS - 1).cast(pl.Int32, strict=False).alias(name)
        for name in shares.columns
    ]
    grid = [[0] * _COVERAGE_STEPS for _ in range(_COVERAGE_STEPS)]
    for en, ja, count in shares.select(places).drop_nulls().group_by(shares.columns).len().iter_rows():
        grid[en][ja] = count
    en, ja = (spread_of(shares[name]) for name in shares.columns)
    return Coverage(en, ja, tuple(map(tuple, grid)))


def _reprints(pairs: pl.LazyFrame) -> dict[int, int]:
    of_story = pairs.drop_nulls("story_id").group_by("story_id").agg(reprints=pl.col("ja_id").n_unique())
    return dict(of_story.group_by("reprints").agg(pl.len()).sort("reprints").collect().iter_rows())


def _lengths(headlines: pl.LazyFrame, lang: Language) -> Lengths:
    characters = pl.coalesce(pl.col("text").str.len_chars(), "length").cast(pl.Float64)
    own = headlines.filter(pl.col("lang") == lang).with_columns(characters=characters)
    texts = own.select(pl.col("text").drop_nulls()).collect().to_series()
    every = max(1, -(-len(texts) // _WORDS_COUNTED))
    words = [
        sum(token.kind != "symbol" for token in tokens)
        for tokens in tokenise(texts.gather_every(every).to_list(), lang)
    ]
    return Lengths(
        characters=spread_of(own.select("characters").collect().to_series()),
        words=spread_of(pl.Series(words, dtype=pl.Float64)),
        bins=in_bins(own, "characters", _LENGTH_EDGES[lang], closed=False),
    )


def _outlets(headlines: pl.LazyFrame) -> tuple[OutletMonths, ...]:
    month = pl.col("published_at").dt.strftime("%Y-%m")
    counted = headlines.group_by("outlet", "lang", month=month).agg(rows=pl.len()).collect()
    totals = counted.group_by("outlet", "lang").agg(pl.col("rows").sum()).sort("rows", descending=True)
    months: dict[tuple[str | None, str], dict[str, int]] = {}
    for outlet, lang, name, rows in counted.drop_nulls("month").sort("month").iter_rows():
        months.setdefault((outlet, lang), {})[name] = rows
    return tuple(
        OutletMonths(outlet, lang, rows, months.get((outlet, lang), {}))
        for outlet, lang, rows in totals.sort(["rows", "lang", "outlet"], descending=[True, False, False]).iter_rows()
    )

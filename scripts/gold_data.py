"""Headlines with known partners, for the scripts that fit and measure: WMT21, Tatoeba and the demonstration corpus.

Development and test data are kept apart here and nowhere else: WMT21 by document, the demonstration corpus by day.
Tatoeba is test data only.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import polars as pl

from alignkit.collect.sources import FilesSource, WmtSource
from alignkit.collect.stage import collect_headlines
from alignkit.config import load_config
from alignkit.evaluate.gold import read_gold
from alignkit.schema import ALIGNED_RELATIONS, CANDIDATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignkit.collect.sources import Segments

Half = Literal["development", "test"]

ROOT: Final = Path(__file__).parents[1]
DEMO: Final = ROOT / "corpora" / "demo"
BENCH: Final = Path(os.environ.get("ALIGNKIT_BENCH", ROOT.parent / "shared" / "bench"))
DEMO_TEST_BEGINS: Final = dt.datetime(2031, 5, 26, tzinfo=dt.timezone(dt.timedelta(hours=9)))


@dataclass(frozen=True)
class GoldSet:
    """Headlines, and which of them are one story.

    Attributes:
        name: What it is.
        headlines: The table `alignkit.schema.HEADLINES`.
        pairs: The columns en_id and ja_id, one row a gold pair.
    """

    name: str
    headlines: pl.DataFrame
    pairs: pl.DataFrame


def texts(gold: GoldSet) -> Iterator[tuple[str, str]]:
    """Give the English and the Japanese text of each pair."""
    by_id = dict(gold.headlines.select("id", "text").iter_rows())
    for en_id, ja_id in gold.pairs.iter_rows():
        yield by_id[en_id], by_id[ja_id]


def wmt21(direction: str, segments: Segments, half: Half | None = None, bench: Path = BENCH) -> GoldSet:
    """Read a WMT21 test set (or both: '*'); a segment's gold partner is its reference.

    Args:
        direction: 'ja-en', 'en-ja' or '*'.
        segments: 'headlines' or 'all'.
        half: Only documents of this half, by the parity of the hash of their ids; None for all.
        bench: The folder that wmt21/ is in.
    """
    source = WmtSource(kind="wmt", path=f"newstest2021.{direction}.all.xml", segments=segments)
    headlines = collect_headlines([source], folder=bench / "wmt21").headlines
    keyed = headlines.with_columns(place=pl.col("source").str.split("#").list.last())
    if half is not None:
        document = pl.col("place").str.split(":").list.first()
        in_development = document.map_elements(_is_odd, return_dtype=pl.Boolean)
        keyed = keyed.filter(in_development if half == "development" else ~in_development)
    name = f"WMT21 {direction if direction != '*' else 'both'}, {segments}{f', {half} half' if half else ''}"
    return GoldSet(name, keyed.drop("place"), _pairs_by(keyed, "place"))


def tatoeba() -> GoldSet:
    """Read LASER's Tatoeba test set; a line's gold partner is the line of the same number."""
    sources = [FilesSource(path=f"tatoeba.jpn-eng.{lang}", lang=lang, format="lines") for lang in ("en", "ja")]
    headlines = collect_headlines(sources, folder=BENCH / "tatoeba").headlines
    keyed = headlines.with_columns(line=pl.col("source").str.split("#").list.last())
    return GoldSet("Tatoeba jpn-eng", keyed.drop("line"), _pairs_by(keyed, "line"))


def demo() -> GoldSet:
    """Read the demonstration corpus."""
    config = load_config(DEMO)
    headlines = collect_headlines(config.file_sources, folder=DEMO, settings=config.collect).headlines
    pairs = demo_relations().filter(pl.col("relation").is_in(ALIGNED_RELATIONS))
    return GoldSet("demonstration corpus", headlines, pairs.select("en_id", "ja_id"))


def demo_half(gold: GoldSet, half: Half) -> GoldSet:
    """Take the headlines of the days before, or from, the day on which the test data begin."""
    begins = pl.lit(DEMO_TEST_BEGINS).cast(pl.Datetime("us", "UTC"))
    before = pl.col("published_at") < begins
    headlines = gold.headlines.filter(before if half == "development" else ~before)
    ids = headlines["id"].implode()
    pairs = gold.pairs.filter(pl.col("en_id").is_in(ids) & pl.col("ja_id").is_in(ids))
    return GoldSet(f"{gold.name}, {half} half", headlines, pairs)


def demo_relations() -> pl.DataFrame:
    """Read the relations of the demonstration corpus's gold pairs: the columns en_id, ja_id and relation."""
    config = load_config(DEMO)
    headlines = collect_headlines(config.file_sources, folder=DEMO, settings=config.collect).headlines
    ids = headlines.select("url", "id")
    return (
        read_gold(DEMO / "gold.tsv")
        .join(ids.rename({"url": "en_url", "id": "en_id"}), on="en_url")
        .join(ids.rename({"url": "ja_url", "id": "ja_id"}), on="ja_url")
        .select("en_id", "ja_id", "relation")
    )


def with_pairs(candidates: pl.DataFrame, headlines: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Add pairs to candidates, so that they are looked at however far apart they are; those that are there stay as they are."""
    times = headlines.select("id", "published_at")
    added = (
        pairs.select("en_id", "ja_id")
        .join(candidates, on=["en_id", "ja_id"], how="anti")
        .join(times.rename({"id": "en_id", "published_at": "en_at"}), on="en_id")
        .join(times.rename({"id": "ja_id", "published_at": "ja_at"}), on="ja_id")
    )
    days = (pl.col("ja_at") - pl.col("en_at")).dt.total_seconds() / 86_400
    chosen = added.select("en_id", "ja_id", reason=pl.lit("date_window"), days_apart=days)
    return pl.concat([candidates, chosen]).sort(CANDIDATES.key)


def fold_of(key: str, folds: int) -> int:
    """Give which of so many parts a key belongs to, by its hash."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % folds


def _pairs_by(keyed: pl.DataFrame, key: str) -> pl.DataFrame:
    sides = [
        keyed.filter(pl.col("lang") == lang).select(key, pl.col("id").alias(f"{lang}_id")) for lang in ("en", "ja")
    ]
    return sides[0].join(sides[1], on=key).select("en_id", "ja_id")


def _is_odd(document: str) -> bool:
    return hashlib.sha256(document.encode()).digest()[0] % 2 == 1

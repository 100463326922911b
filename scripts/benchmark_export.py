"""Print how quick the export is and how much memory it needs, beside polars writing the same tables as Parquet.

    python scripts/benchmark_export.py --pairs 1000000

Headlines are made of words of the demonstration corpus, drawn anew for each, so that none is like another. Each part runs in
a process of its own, whose greatest memory is its own. 'polars' writes the tables of all configs and splits from memory;
reading them is not timed. 'polars from files' makes the same tables from the pairs' and headlines' files, as whoever knows
each row's split would write it in polars, and writes them. 'files alone' is the export's own writing of the same, from the pairs' and headlines' files, once
it is known what goes where; 'whole export' is all of it: checking the tables, finding what belongs together, drawing the
splits, writing, card and manifest.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

import alignkit.export.dataset
from alignkit import export_dataset
from alignkit.export.configs import MT_SPLITS
from alignkit.export.dataset_manifest import read_manifest
from alignkit.export.layout import write_layout
from alignkit.export.splits import SPLITS
from alignkit.schema import HEADLINES, PAIRS, RELATIONS, VERDICTS
from gold_data import DEMO

if TYPE_CHECKING:
    from collections.abc import Callable

    from alignkit.export.layout import Placed, TextRule

REPRINTS: Final = 2.5
WORDS: Final = {"en": 9, "ja": 8}
FIRST: Final = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)
DAYS: Final = 365
OUTLETS: Final = 47
RUNS: Final = 2
MEBIBYTE: Final = 1024


def main() -> None:
    """Measure every part in a process of its own, and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=1_000_000, help="how many pairs (default: 1,000,000)")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        found = PARTS[options.part](options.folder, options.pairs)
        print(json.dumps({"seconds": found, "mebibytes": peak_mebibytes()}))
        return
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"Python {platform.python_version()}, polars {pl.__version__}; {options.pairs:,} pairs\n")
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options.pairs)


def measure(folder: Path, pairs: int) -> None:
    """Print what each part takes, the parts in turn, and the best of some runs of each."""
    run("make", folder, pairs)
    best: dict[str, dict[str, float]] = {}
    for _ in range(RUNS):
        for part in ("whole export", "files alone", "polars", "polars from files"):
            found = run(part, folder, pairs)
            if part not in best or found["seconds"] < best[part]["seconds"]:
                best[part] = found
    print(f"{f'best of {RUNS}':<20}{'seconds':>12}{'to polars':>12}{'peak MiB':>12}")
    for part, found in best.items():
        ratio = found["seconds"] / best["polars"]["seconds"]
        print(f"{part:<20}{found['seconds']:>12.2f}{ratio:>12.2f}{found['mebibytes']:>12,.0f}")


def run(part: str, folder: Path, pairs: int) -> dict[str, float]:
    """Run one part in a process of its own."""
    arguments = ["--part", part, "--folder", str(folder), "--pairs", str(pairs)]
    done = subprocess.run([sys.executable, __file__, *arguments], check=True, stdout=subprocess.PIPE)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def export(folder: Path, pairs: int) -> float:
    """Export the tables."""
    started = time.perf_counter()
    report = export_dataset(folder / "pairs.parquet", folder / "dataset", headlines=folder / "headlines.parquet")
    seconds = time.perf_counter() - started
    if sum(report.pairs.values()) != pairs or report.leakage.total:
        raise SystemExit(f"the export is wrong: {report}")
    return seconds


def write_files(folder: Path, pairs: int) -> float:
    """Export the tables, and give the time that writing the files took."""
    taken: list[float] = []

    def timed(placed: Placed, target: Path, rule: TextRule, *, shard_rows: int) -> object:
        started = time.perf_counter()
        written = write_layout(placed, target, rule, shard_rows=shard_rows)
        taken.append(time.perf_counter() - started)
        return written

    vars(alignkit.export.dataset)["write_layout"] = timed
    export(folder, pairs)
    return taken[0]


def write_with_polars(folder: Path, _pairs: int) -> float:
    """Write the dataset's tables with polars."""
    manifest = read_manifest(folder / "dataset")
    seconds = 0.0
    for config, splits in manifest.configs.items():
        for split, record in splits.items():
            frame = pl.concat([pl.read_parquet(folder / "dataset" / file) for file in record.files], rechunk=True)
            started = time.perf_counter()
            frame.write_parquet(folder / f"{config}-{split}.parquet")
            seconds += time.perf_counter() - started
    return seconds


def write_from_files_with_polars(folder: Path, _pairs: int) -> float:
    """Make the dataset's tables from the files of pairs and headlines, and write them, with polars."""
    splits = {
        config: pl.concat(
            pl.read_parquet([folder / "dataset" / file for file in record.files], columns=[key]).with_columns(
                split=pl.lit(split)
            )
            for split, record in read_manifest(folder / "dataset").configs[config].items()
        ).lazy()
        for config, key in {"pairs": "pair_id", "headlines": "id"}.items()
    }
    started = time.perf_counter()
    pairs = pl.scan_parquet(folder / "pairs.parquet").join(splits["pairs"], on="pair_id", maintain_order="left")
    headlines = pl.scan_parquet(folder / "headlines.parquet").join(splits["headlines"], on="id", maintain_order="left")
    reprint = pl.struct("ja_id", "ja", "ja_outlet", "ja_url", "ja_published_at", "relation", "score")
    firsts = pl.col("en_id", "en", "en_outlet", "en_url", "en_published_at", "wire_id", "section").first()
    by_story = pairs.group_by("story_id", "split", maintain_order=True)
    made = {
        "pairs": pairs,
        "headlines": headlines,
        "stories": by_story.agg(firsts, references=reprint, n_references=pl.len()),
        "mt": by_story.agg(pl.col("en_id", "en").first(), pl.col("ja", "ja_id", "ja_outlet", "relation")),
    }
    for config, rows in made.items():
        for split in SPLITS if config != "mt" else MT_SPLITS:
            rows.filter(split=split).drop("split").sink_parquet(folder / f"{config}-{split}.parquet")
    return time.perf_counter() - started


def make(folder: Path, pairs: int) -> float:
    """Write pairs.parquet and headlines.parquet."""
    random = np.random.default_rng(7)
    stories = int(pairs / REPRINTS)
    story = np.concatenate([np.arange(stories), np.sort(random.integers(0, stories, pairs - stories))])
    story.sort()
    en, ja = headlines_of("en", stories, random), headlines_of("ja", pairs, random)
    pl.concat([en, ja]).select(HEADLINES.schema.names()).write_parquet(folder / "headlines.parquet")
    columns = ("id", "text", "outlet", "url", "published_at")
    sides = [
        rows.select(
            pl.col(name).alias({"id": f"{lang}_id", "text": lang}.get(name, f"{lang}_{name}")) for name in columns
        )
        for lang, rows in (("en", en[story]), ("ja", ja))
    ]
    shares = [
        pl.Series(name, random.random(pairs).round(6)) for name in ("cosine", "coverage_en", "coverage_ja", "score")
    ]
    drawn = {"relation": RELATIONS[:4]} | dict.fromkeys(("numbers", "dates", "names", "polarity"), VERDICTS)
    labels = [pl.Series(name, values)[random.integers(0, len(values), pairs)] for name, values in drawn.items()]
    frame = pl.concat(sides, how="horizontal").with_columns(
        *shares,
        *labels,
        pair_id=pl.format("p-{}", pl.int_range(pl.len())),
        story_id=pl.format("s-{}", pl.Series(story)),
        days_apart=pl.Series(random.normal(0, 0.5, pairs)),
        wire_id=ja["wire_id"],
        section=ja["section"],
        margin=pl.Series(random.random(pairs).round(6)),
    )
    frame.select(PAIRS.schema.names()).write_parquet(folder / "pairs.parquet")
    return 0.0


def headlines_of(lang: str, count: int, random: np.random.Generator) -> pl.DataFrame:
    """Make headlines of one language, each of other words."""
    file = DEMO / {"en": "english.jsonl", "ja": "japanese.jsonl"}[lang]
    texts = [json.loads(line)["text"] for line in file.read_text(encoding="utf-8").splitlines()]
    pieces = [piece for text in texts for piece in (text.split() if lang == "en" else (text[:4], text[4:8]))]
    words = pl.Series("word", sorted(set(pieces)))
    drawn = [words[random.integers(0, len(words), count)].alias(str(place)) for place in range(WORDS[lang])]
    numbers = pl.Series("number", random.permutation(count))
    return pl.DataFrame(drawn).select(
        id=pl.format("{}-{}", pl.lit(lang), numbers),
        lang=pl.lit(lang),
        text=pl.concat_str(pl.all(), separator=" " if lang == "en" else ""),
        outlet=pl.format("Paper {}", numbers % OUTLETS),
        url=pl.format("https://www.paper{}.example/news/2031/{}.html", numbers % OUTLETS, numbers * 7919),
        published_at=pl.lit(FIRST).cast(pl.Datetime("us", "UTC"))
        + pl.duration(seconds=pl.lit(numbers * DAYS * 86_400 // count)),
        wire_id=pl.when(pl.lit(lang == "ja") & (numbers % 2 == 0)).then(pl.format("2031{}", numbers * 104_729)),
        credit=pl.lit(None, pl.String),
        section=pl.lit("politics"),
        collector=pl.lit("files"),
        collected_at=pl.lit(None, pl.Datetime("us", "UTC")),
        source=pl.format("{}.jsonl#{}", pl.lit(lang), numbers),
    )


def peak_mebibytes() -> float:
    """Give the greatest memory that this process had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE


PARTS: Final[dict[str, Callable[[Path, int], float]]] = {
    "make": make,
    "whole export": export,
    "files alone": write_files,
    "polars": write_with_polars,
    "polars from files": write_from_files_with_polars,
}


if __name__ == "__main__":
    main()

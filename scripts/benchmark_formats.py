"""Print how quickly pairs are written to each format and read back, and in how much memory, beside polars' own writers.

    python scripts/benchmark_formats.py --pairs 1000000

Pairs are made of the headlines of corpora/demo, over and over, each with a number of its own. They lie in one Parquet
file, from which every part reads them and writes them again; 'polars csv' and its like do the same with polars' own
lazy scan and sink. Each part runs in a process of its own, so that its greatest memory is its own.
"""

from __future__ import annotations

import argparse
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

import polars as pl

from alignkit.export.formats import EXPORTERS, WriteSettings, reader_for
from alignkit.export.formats.model import ROWS_AT_ONCE
from alignkit.schema import PAIRS, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEMO: Final = Path(__file__).parents[1] / "corpora" / "demo"
MEBIBYTE: Final = 1024 * 1024
SOURCE: Final = "source.parquet"
SCORES: Final = ("cosine", "margin", "coverage_en", "coverage_ja", "score")
CHECKS: Final = ("numbers", "dates", "names", "polarity")
POLARS: Final[dict[str, Callable[[pl.LazyFrame, Path], object]]] = {
    "jsonl": lambda frame, path: frame.sink_ndjson(path),
    "csv": lambda frame, path: frame.sink_csv(path),
    "parquet": lambda frame, path: frame.sink_parquet(path),
}
"""What polars writes by itself."""
PEERS: Final = {"tsv": "csv", "sqlite": "csv", "tmx": "csv", "xliff": "csv", "wmt": "csv", "moses": "csv"}
"""What a format that polars does not write is compared with."""


def main() -> None:
    """Measure every part in a process of its own, and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=1_000_000, help="how many pairs (default: 1,000,000)")
    parser.add_argument("--part", nargs=2, metavar=("VERB", "FORMAT"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        verb, name = options.part
        print(json.dumps(measure(verb, name, options.folder, options.pairs)))
        return
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"Python {platform.python_version()}, polars {pl.__version__}; {options.pairs:,} pairs\n")
    row("", "pairs/s", "peak MiB", "file MiB", "of polars' speed")
    with tempfile.TemporaryDirectory() as folder:
        # In a process of its own too: Linux reckons what a process once had to its children.
        run("make", "parquet", Path(folder), options.pairs)
        print_all(Path(folder), options.pairs)


def print_all(folder: Path, pairs: int) -> None:
    """Run all parts, polars' own first."""
    baselines = {name: run("polars", name, folder, pairs) for name in POLARS}
    for name, found in baselines.items():
        print_part(f"polars {name}", found, pairs)
    for name, exporter in EXPORTERS.items():
        found = run("write", name, folder, pairs)
        if found["rows"] != pairs:
            raise SystemExit(f"{name}: {found['rows']:,} pairs were written, not {pairs:,}")
        peer = PEERS.get(name, name)
        share = f"{baselines[peer]['seconds'] / found['seconds']:.2f} ({peer})"
        print_part(f"write {name}", found, pairs, share)
        if exporter.readable:
            print_part(f"read {name}", run("read", name, folder, pairs), pairs)


def run(verb: str, name: str, folder: Path, pairs: int) -> dict[str, float]:
    """Run one part in a process of its own."""
    arguments = [sys.executable, __file__, "--part", verb, name, "--folder", str(folder)]
    arguments += ["--pairs", str(pairs)]
    done = subprocess.run(arguments, check=True, stdout=subprocess.PIPE)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measure(verb: str, name: str, folder: Path, pairs: int) -> dict[str, float]:
    """Do one part and say what it took."""
    exporter = EXPORTERS[name]
    stem = {"make": SOURCE.removesuffix(".parquet"), "polars": "polars"}.get(verb, "ours")
    target = folder / f"{stem}{exporter.suffixes[0]}"
    outputs = exporter.outputs(target)
    rows = 0
    started = time.perf_counter()
    if verb == "polars":
        POLARS[name](pl.scan_parquet(folder / SOURCE), target)
    elif verb == "make":
        exporter.write(made_pairs(pairs), target, settings=WriteSettings())
    elif verb == "write":
        source = reader_for(folder / SOURCE).read(folder / SOURCE)
        rows = exporter.write(source, target, settings=WriteSettings()).rows
    else:
        rows = sum(frame.height for frame in reader_for(target).read(target))
    seconds = time.perf_counter() - started
    size = sum(path.stat().st_size for path in outputs)
    if verb in {"polars", "read"} or not exporter.readable:
        for path in outputs:
            path.unlink()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": rows, "seconds": seconds, "mebibytes": memory, "file_mebibytes": size / MEBIBYTE}


def made_pairs(count: int) -> Iterator[pl.DataFrame]:
    """Make pairs, some at a time, with times as the demo has them and scores that no two share."""
    texts = demo_pairs()
    for first in range(0, count, ROWS_AT_ONCE):
        numbers = pl.int_range(first, min(first + ROWS_AT_ONCE, count), eager=True)
        chosen = texts[(numbers % texts.height).to_list()].with_columns(number=numbers)
        yield chosen.select(value_of(name).alias(name) for name in PAIRS.schema)


def value_of(name: str) -> pl.Expr:
    """Give a column of the pairs, from a pair of the demo and a number."""
    number = pl.col("number")
    if name in SCORES:
        return number.hash(SCORES.index(name)) / 2.0**64
    if name in CHECKS:
        return pl.lit("agree")
    if name in {"pair_id", "en_id", "ja_id"}:
        return pl.format(f"{name[:2]}-{{}}", number.hash(len(name)))
    # Two reprints a story.
    return {
        "story_id": pl.format("s-{}", number // 2),
        "days_apart": (pl.col("ja_published_at") - pl.col("en_published_at")).dt.total_seconds() / 86_400,
    }.get(name, pl.col(name))


def demo_pairs() -> pl.DataFrame:
    """Give the demo's gold pairs with their headlines."""
    pairs = pl.read_csv(DEMO / "gold.tsv", separator="\t").filter(pl.col("relation").is_in(RELATIONS[:4]))
    for lang, file in (("en", "english"), ("ja", "japanese")):
        headlines = pl.read_ndjson(DEMO / f"{file}.jsonl", infer_schema_length=None)
        times = pl.col("published_at").str.to_datetime("%Y-%m-%dT%H:%M:%S%:z", time_unit="us", time_zone="UTC")
        columns = {
            "url": f"{lang}_url",
            "text": lang,
            "outlet": f"{lang}_outlet",
            "published_at": f"{lang}_published_at",
        }
        extra = ["wire_id", "section"] if lang == "ja" else []
        pairs = pairs.join(
            headlines.with_columns(times).rename(columns).select(*columns.values(), *extra), f"{lang}_url"
        )
    return pairs


def print_part(name: str, found: dict[str, float], pairs: int, share: str = "") -> None:
    """Print what a part took."""
    memory, size = (f"{found[key]:,.0f}" for key in ("mebibytes", "file_mebibytes"))
    row(name, f"{pairs / found['seconds']:,.0f}", memory, size, share)


def row(name: str, *cells: str) -> None:
    """Print a row of a table."""
    print(f"{name:<20}" + "".join(f"{cell:>18}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()

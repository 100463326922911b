"""Print how quick the headline store is and how much memory it needs, beside plain sqlite3 on the same rows.

    python scripts/benchmark_store.py --headlines 1000000

Rows are synthetic. Each part runs in a process of its own, so that its greatest memory is its own, and its rows are made a
batch at a time outside of what is timed. 'plain sqlite3' is the standard library's executemany into one table with the
same columns, a primary key of the id and a unique index of URL and language: INSERT for new rows, INSERT OR IGNORE for
known ones. Both commit a transaction a batch, with a write-ahead log and synchronous=NORMAL.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alignkit.collect.headlines import derive_id
from alignkit.schema import HEADLINES
from alignkit.store.headline_store import HeadlineStore
from alignkit.store.model import Fetch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BATCH: Final = 1_000
OUTLETS: Final = 47
FIRST: Final = dt.datetime(2031, 5, 1, tzinfo=dt.UTC)
MEBIBYTE: Final = 1024 * 1024
COLUMNS: Final = HEADLINES.schema.names()
MARKS: Final = ", ".join("?" * len(COLUMNS))
TIMES: Final = ("published_at", "collected_at")


def main() -> None:
    """Measure every part in a process of its own, and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--headlines", type=int, default=1_000_000, help="how many headlines (default: 1,000,000)")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        print(json.dumps(PARTS[options.part](options.folder, options.headlines) | {"mebibytes": peak_mebibytes()}))
        return
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; {options.headlines:,} headlines\n")
    row("", "headlines/s", "per CPU s", "peak MiB", "file MiB")
    with tempfile.TemporaryDirectory() as folder:
        for part in PARTS:
            print_part(part, Path(folder), options.headlines)


def print_part(part: str, folder: Path, headlines: int) -> None:
    """Run one part in a process of its own and print what it took."""
    arguments = ["--part", part, "--folder", str(folder), "--headlines", str(headlines)]
    done = subprocess.run([sys.executable, __file__, *arguments], check=True, stdout=subprocess.PIPE)
    found = json.loads(done.stdout)
    speeds = [f"{headlines / found[clock]:,.0f}" for clock in ("seconds", "cpu_seconds")]
    row(part, *speeds, f"{found['mebibytes']:,.0f}", f"{found['file_mebibytes']:,.0f}")


def fill_store(folder: Path, headlines: int) -> dict[str, float]:
    """Add the headlines to the store, in a run of their own: new ones at first, known ones later."""
    path = folder / "store.sqlite"
    day = FIRST + dt.timedelta(days=int(path.exists()))
    with HeadlineStore.open(path) as store:
        run = store.begin_run("benchmark")
        clock = Clock()
        for number, rows in enumerate(batches(headlines)):
            fetch = Fetch("benchmark", f"https://www.hibari.example/list/{number}", day)
            with clock:
                store.add(fetch, rows, run=run)
        store.finish_run(run)
    return clock.result(path)


def fill_plain(folder: Path, headlines: int) -> dict[str, float]:
    """Add the headlines to a plain table: new ones at first, known ones later."""
    path = folder / "plain.sqlite"
    statement = f"INSERT OR {'IGNORE' if path.exists() else 'ABORT'} INTO headlines VALUES ({MARKS})"  # noqa: S608 - own words
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        types = ", ".join(f"{name} {'INTEGER' if name in TIMES else 'TEXT'}" for name in COLUMNS)
        connection.execute(f"CREATE TABLE IF NOT EXISTS headlines ({types}, PRIMARY KEY (id), UNIQUE (url, lang))")
        clock = Clock()
        for rows in batches(headlines):
            values = [[plain(row.get(name)) for name in COLUMNS] for row in rows]
            with clock, connection:
                connection.executemany(statement, values)
    return clock.result(path)


def export(folder: Path, headlines: int, suffix: str) -> dict[str, float]:
    """Write all headlines of the store to a file."""
    out = folder / f"out.{suffix}"
    clock = Clock()
    with HeadlineStore.open(folder / "store.sqlite", read_only=True) as store, clock:
        count = store.export(out)
    if count != headlines:
        raise SystemExit(f"{out}: {count:,} headlines, not {headlines:,}")
    return clock.result(out)


def bring_in(folder: Path, _headlines: int, suffix: str) -> dict[str, float]:
    """Bring an exported file into a store of its own."""
    path = folder / f"from-{suffix}.sqlite"
    clock = Clock()
    with HeadlineStore.open(path) as store, clock:
        store.import_(folder / f"out.{suffix}")
    return clock.result(path)


def verify(folder: Path, _headlines: int) -> dict[str, float]:
    """Look the whole store over."""
    path = folder / "store.sqlite"
    clock = Clock()
    with HeadlineStore.open(path, read_only=True) as store, clock:
        findings = store.verify()
    if findings:
        raise SystemExit(f"{path}: {findings[0]}")
    return clock.result(path)


class Clock:
    """Adds up the time, and the CPU time, that blocks take."""

    def __init__(self) -> None:
        self.seconds = self.cpu_seconds = 0.0

    def __enter__(self) -> None:
        self._started, self._cpu_started = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.seconds += time.perf_counter() - self._started
        self.cpu_seconds += time.process_time() - self._cpu_started

    def result(self, path: Path) -> dict[str, float]:
        """Give what was added up, with the size of a file."""
        size = path.stat().st_size / MEBIBYTE
        return {"seconds": self.seconds, "cpu_seconds": self.cpu_seconds, "file_mebibytes": size}


def batches(headlines: int) -> Iterator[list[dict[str, object]]]:
    """Make the headlines, a batch at a time, as collectors give them."""
    for first in range(0, headlines, BATCH):
        yield [make_row(number) for number in range(first, min(first + BATCH, headlines))]


def make_row(number: int) -> dict[str, object]:
    """Make one headline that no other number has."""
    outlet = number % OUTLETS
    row: dict[str, object] = {
        "lang": "ja",
        "text": f"最後の小学校、来春閉校へ 町が方針 {number}",
        "outlet": f"Paper {outlet}",
        "url": f"https://www.paper{outlet}.example/news/2031/05/{number:08d}.html",
        "published_at": FIRST + dt.timedelta(seconds=number),
        "credit": "（共同）",
        "section": "社会",
        "collector": "feed",
        "source": f"https://www.paper{outlet}.example/rss#{number}",
    }
    return row | {"id": derive_id(row)}


def plain(value: object) -> object:
    """Give a value as plain sqlite3 takes it."""
    return int(value.timestamp()) if isinstance(value, dt.datetime) else value


def peak_mebibytes() -> float:
    """Give the greatest memory that this process had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def row(name: str, *cells: str) -> None:
    """Print a row of a table."""
    print(f"{name:<40}" + "".join(f"{cell:>14}" for cell in cells), flush=True)


PARTS: Final[dict[str, Callable[[Path, int], dict[str, float]]]] = {
    "store, new headlines": fill_store,
    "plain sqlite3, new headlines": fill_plain,
    "store, known headlines": fill_store,
    "plain sqlite3, known headlines": fill_plain,
    "export, Parquet": lambda folder, headlines: export(folder, headlines, "parquet"),
    "export, JSON Lines": lambda folder, headlines: export(folder, headlines, "jsonl"),
    "import, Parquet": lambda folder, headlines: bring_in(folder, headlines, "parquet"),
    "import, JSON Lines": lambda folder, headlines: bring_in(folder, headlines, "jsonl"),
    "verify": verify,
}
"""What is measured, in this order: later parts use what earlier ones wrote."""


if __name__ == "__main__":
    main()

"""The search through an export's tables, in this process or, where that would leave too little memory, in one of its own.

What reads headlines remembers words and texts, in several hundred MB that a process does not give back. An export of large
tables needs them for what comes next; so the search is run by another process, which reads the tables' files and leaves a
file of what changes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from alignkit.errors import StageError
from alignkit.export.redaction.search import SEARCHED, Search
from alignkit.export.redaction.units import units_of_tables
from alignkit.export.rows import Rows
from alignkit.schema import HEADLINES, PAIRS
from alignkit.text.normalise import Affixes

if TYPE_CHECKING:
    from alignkit.export.redaction.rule import Rule


def search_tables(pairs: Rows, headlines: Rows, rule: Rule, affixes: Affixes) -> pl.DataFrame:
    """Find what changes in an export's tables, as `Search.replacements` gives it."""
    units = units_of_tables(headlines, pairs)
    return Search(lambda: headlines.batches(SEARCHED), units, rule, affixes).replacements()


def search_elsewhere(pairs: Rows, headlines: Rows, rule: Rule, affixes: Affixes) -> pl.DataFrame:
    """Find the same in a process of its own.

    Raises:
        StageError: It came to an end before it was done, as when it was killed or the disk is full.
    """
    with tempfile.TemporaryDirectory(prefix="alignkit-") as folder:
        found = Path(folder) / "found.parquet"
        task = {
            "pairs": _file(pairs, Path(folder)),
            "headlines": _file(headlines, Path(folder)),
            "rule": rule,
            "affixes": asdict(affixes),
            "found": str(found),
        }
        command = [sys.executable, "-c", f"from {__name__} import work; work()"]
        done = subprocess.run(command, input=json.dumps(task), text=True, capture_output=True, check=False)  # noqa: S603 - our own module
        if done.returncode:
            reason = done.stderr.strip().rpartition("\n")[2] or f"signal {-done.returncode}"
            raise StageError(f"cannot be searched for names ({reason})", path=headlines.path)
        return pl.read_parquet(found, memory_map=False)


def _file(rows: Rows, folder: Path) -> str:
    """Give the path of a file with the rows, which is written if they are in none."""
    if rows.path is not None and rows.replaced is None:
        return str(rows.path.absolute())
    path = folder / f"{rows.table.name}.parquet"
    rows.lazy().sink_parquet(path)
    return str(path)


def work() -> None:
    """Do what `search_elsewhere` asks for on the standard input."""
    task: dict[str, Any] = json.load(sys.stdin)
    affixes = Affixes(**{name: tuple(forms) for name, forms in task["affixes"].items()})
    tables = Rows(PAIRS, Path(task["pairs"])), Rows(HEADLINES, Path(task["headlines"]))
    search_tables(*tables, task["rule"], affixes).write_parquet(task["found"])

"""Pairs as XML with one element a pair, and back: what TMX and XLIFF have in common."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

import polars as pl

from alignkit.errors import StageError
from alignkit.export.formats.cells import as_text, from_text
from alignkit.export.formats.checking import CheckedFrames
from alignkit.export.formats.model import ROWS_AT_ONCE
from alignkit.export.formats.writing import whole_file
from alignkit.export.formats.xml_text import without_forbidden
from alignkit.schema import PAIRS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from alignkit.export.formats.model import ExportReport

PLAIN_COLUMNS: Final = tuple(name for name in PAIRS.schema if name not in {"pair_id", "en", "ja"})
"""The columns that neither format has a place of its own for."""

NUMBER: Final = "number"
"""The column with a unit's number in its file."""


def write_units(
    frames: Iterable[pl.DataFrame], path: Path, *, head: str, unit: pl.Expr, tail: str, may_be_empty: bool
) -> ExportReport:
    """Write pairs as XML.

    Args:
        frames: The table `alignkit.schema.PAIRS`.
        path: The file.
        head: What stands before all units.
        unit: One unit, made of the columns of the table as text, and of `NUMBER`.
        tail: What stands after all units.
        may_be_empty: Whether the format has files without any unit.

    Raises:
        StageError: The file cannot be written, or would have no unit where there must be one.
    """
    checked = CheckedFrames(frames, (PAIRS,))
    written = 0
    with whole_file(path) as temporary, temporary.open("wb") as stream:
        stream.write(head.encode())
        for batch in checked:
            kept = without_forbidden(batch, checked).frame
            numbers = pl.Series(NUMBER, range(written + 1, written + 1 + kept.height), dtype=pl.Int64)
            stream.write("".join(as_text(kept.with_columns(numbers)).select(unit).to_series()).encode())
            written += kept.height
        stream.write(tail.encode())
        if not written and not may_be_empty:
            raise StageError("has no pair to hold, and its format has no file without any", path=path)
    return checked.report()


def read_units(rows: Iterator[dict[str, str]], path: Path) -> Iterator[pl.DataFrame]:
    """Make a table of units that were read, each a row of texts by column; what a row has not is null."""
    passed = 0
    while block := list(islice(rows, ROWS_AT_ONCE)):
        names = {**dict.fromkeys(PAIRS.schema), **dict.fromkeys(name for row in block for name in row)}
        frame = pl.DataFrame(block, schema=dict.fromkeys(names, pl.String), orient="row")
        yield from_text(frame, PAIRS, path=path, passed=passed)
        passed += len(block)

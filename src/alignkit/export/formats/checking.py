"""A table's rows, checked as they go by on their way to a file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from alignkit.collect.record import Reject
from alignkit.errors import SchemaError, quoted
from alignkit.export.formats.model import ROWS_AT_ONCE, ExportReport
from alignkit.schema import HEADLINES, PAIRS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from alignkit.schema import Table

KNOWN_TABLES: Final = (PAIRS, HEADLINES)
"""The tables that are written to files."""


def table_with(columns: Sequence[str]) -> Table | None:
    """Tell by its columns which table a frame is; None if it is neither pairs nor headlines."""
    return next((table for table in KNOWN_TABLES if set(table.key) <= set(columns)), None)


@dataclass(frozen=True)
class Batch:
    """Some rows of a table.

    Attributes:
        frame: The rows.
        numbers: Where each stands in the table, counted from 1.
    """

    frame: pl.DataFrame
    numbers: pl.Series


class CheckedFrames:
    """Frames of one table, checked as they go by, and what became of their rows.

    Args:
        frames: The table's rows in order, however they are cut. The first frame is taken at once.
        tables: The tables that it may be; the first of them if there is no frame.

    Attributes:
        table: Which it is.
        rows: How many rows went by and were not dropped.

    Raises:
        SchemaError: It is none of `tables`. While the rows go by: a column is missing or of another type, or a value
            is none that the column may hold, or no number, or a key is there twice.
    """

    def __init__(self, frames: Iterable[pl.DataFrame], tables: tuple[Table, ...]) -> None:
        iterator = iter(frames)
        first = next(iterator, None)
        self.table = tables[0] if first is None else _table_of(first, tables)
        self.rows = 0
        self._frames = iterator if first is None else chain((first,), iterator)
        self._rejects: list[Reject] = []
        self._keys = _KeysSeen()

    def __iter__(self) -> Iterator[Batch]:
        """Give the rows, some at a time, with the table's columns in its order."""
        passed = 0
        for frame in self._frames:
            known = self._without_unknown_columns(frame)
            # A frame without rows has no slice, but its columns are to be checked as well.
            for part in known.iter_slices(ROWS_AT_ONCE) if known.height else (known,):
                checked = self._checked(part, passed)
                numbers = pl.Series(range(passed + 1, passed + 1 + part.height), dtype=pl.Int64)
                passed += part.height
                self.rows += part.height
                if part.height:
                    yield Batch(checked, numbers)

    def drop(self, batch: Batch, faulty: pl.DataFrame, reason: Callable[[str], str]) -> Batch:
        """Leave out the rows in which a value cannot be written, and take note of each such value.

        Args:
            batch: The rows.
            faulty: Of some of its columns, by name, whether the value is such a one.
            reason: Says of a value why.
        """
        self.note(batch, faulty, reason)
        kept = ~faulty.select(pl.any_horizontal(pl.all().fill_null(value=False))).to_series()
        self.rows -= batch.frame.height - int(kept.sum())
        return Batch(batch.frame.filter(kept), batch.numbers.filter(kept))

    def note(
        self, batch: Batch, faulty: pl.DataFrame, reason: Callable[[str], str], *, only_value: bool = False
    ) -> None:
        """Take note of values that cannot be written as they are, row by row.

        Args:
            batch: The rows.
            faulty: Of some of its columns, by name, whether the value is such a one.
            reason: Says of a value why.
            only_value: Whether the row is written all the same, with another value.
        """
        found = [(row, mask.name) for mask in faulty for row in mask.arg_true()]
        for row, column in sorted(found):
            value = batch.frame[column][row]
            self._rejects.append(
                Reject(
                    batch.numbers[row], reason(value), column, quoted(value), dropped="value" if only_value else "row"
                )
            )

    def report(self) -> ExportReport:
        """Say what became of the rows that went by."""
        return ExportReport(self.rows, tuple(self._rejects))

    def _without_unknown_columns(self, frame: pl.DataFrame) -> pl.DataFrame:
        unknown = [name for name in frame.columns if name not in self.table.schema]
        noted = {reject.column for reject in self._rejects if reject.row is None}
        for name in unknown:
            if name not in noted:
                reason = f"is no column of the table {self.table.name!r} and was left out"
                self._rejects.append(Reject(None, reason, name, dropped="value"))
        return frame.drop(unknown)

    def _checked(self, part: pl.DataFrame, passed: int) -> pl.DataFrame:
        try:
            checked = self.table.validate(part)
        except SchemaError as error:
            raise _with_row(error, passed) from None
        for column in checked.select(pl.selectors.float()):
            infinite = ~column.is_finite().fill_null(value=True)
            if infinite.any():
                row = infinite.arg_true()[0]
                raise self._fault("is not a number", column.name, row + passed, column[row])
        repeated = self._keys.first_repeated(checked.select(self.table.key))
        if repeated is not None:
            value = "/".join(str(part) for part in checked.select(self.table.key).row(repeated))
            raise self._fault("is there more than once", "+".join(self.table.key), repeated + passed, value)
        return checked

    def _fault(self, problem: str, column: str, row: int, value: object) -> SchemaError:
        return SchemaError(problem, path=f"table {self.table.name!r}", row=row + 1, column=column, value=value)


class _KeysSeen:
    """Which keys came before, at eight bytes a key.

    They are kept as hashes, in sorted runs each of which is longer than the next, so that adding some costs little
    however many there are. Two different keys among a million have the same hash once in forty million tables.
    """

    def __init__(self) -> None:
        self._runs: list[NDArray[np.uint64]] = []

    def first_repeated(self, keys: pl.DataFrame) -> int | None:
        """Add keys, none of which is among them twice, and say which is the first that came before."""
        hashes: NDArray[np.uint64] = keys.hash_rows().to_numpy()
        known: NDArray[Any] = np.zeros(len(hashes), dtype=bool)
        for run in self._runs:
            places = np.searchsorted(run, hashes).clip(max=len(run) - 1)
            known |= run[places] == hashes
        self._add(hashes)
        return int(known.argmax()) if known.any() else None

    def _add(self, run: NDArray[np.uint64]) -> None:
        while self._runs and len(self._runs[-1]) <= len(run):
            run = np.concatenate((self._runs.pop(), run))
        if len(run):
            self._runs.append(np.sort(run, kind="stable"))


def _table_of(frame: pl.DataFrame, tables: tuple[Table, ...]) -> Table:
    found = table_with(frame.columns)
    if found in tables:
        return found
    wanted = " or ".join(table.name for table in tables)
    if found is not None:
        remedy = "Headlines can be written as jsonl, csv, tsv, sqlite or parquet."
        raise SchemaError(f"is a table of {found.name}, where only {wanted} can be written", remedy=remedy)
    columns = ", ".join(frame.columns) or "none"
    raise SchemaError(f"is no table of {wanted}", remedy=f"Columns found: {columns}.")


def _with_row(error: SchemaError, passed: int) -> SchemaError:
    """Give an error of some rows with its row in the whole table."""
    row = None if error.row is None else error.row + passed
    return SchemaError(
        error.problem, path=error.path, row=row, column=error.column, value=error.value, remedy=error.remedy
    )

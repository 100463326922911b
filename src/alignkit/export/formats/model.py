"""What every format is: something that writes a table to a file and, mostly, reads it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import polars as pl

    from alignkit.collect.record import Reject
    from alignkit.schema import Table

ROWS_AT_ONCE: Final = 20_000
"""How many rows are in memory at a time."""


@dataclass(frozen=True, slots=True)
class WriteSettings:
    """What one may ask of a file.

    Attributes:
        bom: Whether it begins with a byte order mark, without which some spreadsheets do not take it for UTF-8.
    """

    bom: bool = False


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What became of a table's rows.

    Attributes:
        rows: How many were written.
        rejects: What the format could not hold, with its row in the table, counted from 1. A row that was written with
            a value changed or left out is in both.
    """

    rows: int
    rejects: tuple[Reject, ...] = ()


class Exporter(Protocol):
    """Writes tables to files of one format.

    Attributes:
        name: What it is called on the command line.
        suffixes: How its files' names end.
        tables: The tables that it can hold.
        readable: Whether it is a `Reader` too.
        takes_bom: Whether its files may begin with a byte order mark.
    """

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    tables: ClassVar[tuple[Table, ...]]
    readable: ClassVar[bool]
    takes_bom: ClassVar[bool]

    def outputs(self, path: Path) -> tuple[Path, ...]:
        """Name the files that `write` makes."""
        ...

    def write(self, frames: Iterable[pl.DataFrame], path: Path, *, settings: WriteSettings) -> ExportReport:
        """Write a table, whole or not at all; what is there is replaced.

        Args:
            frames: The table's rows in order, however they are cut; no frame at all is a table of pairs without rows.
            path: The file.
            settings: What is asked of it.

        Raises:
            SchemaError: The frames are none of `tables`, or a row is not as the table asks.
            StageError: The file cannot be written.
        """
        ...


class OneFile:
    """What most formats share: one file, without a byte order mark."""

    takes_bom: ClassVar[bool] = False

    def outputs(self, path: Path) -> tuple[Path, ...]:
        """Name the files that `write` makes: the one."""
        return (path,)


class Reader(Exporter, Protocol):
    """Writes tables to files of one format, and reads them back."""

    def read(self, path: Path) -> Iterator[pl.DataFrame]:
        """Read a table back, some rows at a time, with the types that it was written from.

        Columns that the file has and the table has not are given too, as text. Only what a table's own checks cannot
        see is checked here.

        Raises:
            InputError: The file is not there, or is not of this format.
            SchemaError: A value is none of its column's type.
        """
        ...

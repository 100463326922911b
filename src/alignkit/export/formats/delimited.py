"""CSV and TSV that can be opened in a spreadsheet: quoted by RFC 4180, with formulas defused.

No value is nothing between two separators, an empty text is two quotation marks; other programs read both as the same.
Line ends and separators within a text stay what they are, in quotation marks.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, ClassVar

import polars as pl

from alignkit.export.formats.cells import from_text, times_as_text
from alignkit.export.formats.checking import KNOWN_TABLES, CheckedFrames, table_with
from alignkit.export.formats.formulas import defuse, restore
from alignkit.export.formats.model import OneFile
from alignkit.export.formats.records import BYTE_ORDER_MARK, blocks_of, fault_in, records_of
from alignkit.export.formats.writing import reading, whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from alignkit.export.formats.model import ExportReport, WriteSettings
    from alignkit.schema import Table


class _Delimited(OneFile):
    """Tables as lines of separated values."""

    separator: ClassVar[str]
    tables: ClassVar[tuple[Table, ...]] = KNOWN_TABLES
    readable: ClassVar[bool] = True
    takes_bom: ClassVar[bool] = True

    def write(self, frames: Iterable[pl.DataFrame], path: Path, *, settings: WriteSettings) -> ExportReport:
        """Write a table."""
        checked = CheckedFrames(frames, self.tables)
        with whole_file(path) as temporary, temporary.open("wb") as stream:
            stream.write(BYTE_ORDER_MARK if settings.bom else b"")
            checked.table.frame([]).write_csv(stream, separator=self.separator)
            for batch in checked:
                # Times are made text before, and formulas defused after that, so that the writer needs no formats.
                cells = defuse(times_as_text(batch.frame))
                cells.write_csv(stream, separator=self.separator, include_header=False)
        return checked.report()

    def read(self, path: Path) -> Iterator[pl.DataFrame]:
        """Read a table back; blank lines are passed over."""
        with reading(path) as stream:
            records = records_of(stream, quoted=True)
            header = next(records, b"")
            columns = self._read(path, 0, header, []).columns
            table = table_with(columns)
            empty = True
            for passed, block in blocks_of(records):
                empty = False
                frame = restore(self._read(path, passed, header, block))
                yield from_text(frame, table, path=path, passed=passed)
            if empty:
                frame = pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
                yield from_text(frame, table, path=path, passed=0)

    def _read(self, path: Path, passed: int, header: bytes, block: list[bytes]) -> pl.DataFrame:
        content = io.BytesIO(b"".join((header, *block)))
        try:
            return pl.read_csv(content, separator=self.separator, infer_schema=False, raise_if_empty=False)
        except pl.exceptions.PolarsError as error:
            raise fault_in(path, passed, block, lambda record: self._check(record, header), error) from None

    def _check(self, record: str, header: bytes) -> str | None:
        """Say why a record is none of ours; None if it is."""
        try:
            width = len(self._fields(header.decode()))
            count = len(self._fields(record))
        except csv.Error as error:
            return f"is not quoted by the rules ({error})"
        return f"has {count} fields where the header has {width}" if count > width else None

    def _fields(self, record: str) -> list[str]:
        return next(csv.reader([record], delimiter=self.separator, strict=True))


class Csv(_Delimited):
    """Tables as comma-separated values."""

    name: ClassVar[str] = "csv"
    suffixes: ClassVar[tuple[str, ...]] = (".csv",)
    separator: ClassVar[str] = ","


class Tsv(_Delimited):
    """Tables as tab-separated values."""

    name: ClassVar[str] = "tsv"
    suffixes: ClassVar[tuple[str, ...]] = (".tsv", ".tab")
    separator: ClassVar[str] = "\t"

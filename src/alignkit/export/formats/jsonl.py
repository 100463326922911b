r"""JSON Lines: one object a row, with null for no value and times as text.

U+0085, U+2028 and U+2029 are written as `\u0085` and so on: many programs take them for line ends.
"""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

import polars as pl

from alignkit.errors import InputError, SchemaError
from alignkit.export.formats.cells import from_text, times_as_text
from alignkit.export.formats.checking import KNOWN_TABLES, CheckedFrames, table_with
from alignkit.export.formats.model import OneFile
from alignkit.export.formats.records import blocks_of, fault_in, records_of
from alignkit.export.formats.writing import reading, whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from alignkit.export.formats.model import ExportReport, WriteSettings
    from alignkit.schema import Table

# In UTF-8 none of them can begin inside of another character.
_LINE_ENDS: Final = {mark.encode(): f"\\u{ord(mark):04x}".encode() for mark in "\u0085\u2028\u2029"}
_SURROGATE: Final = re.compile(rb"\\u[dD][89a-fA-F]")


class JsonLines(OneFile):
    """Tables as JSON Lines."""

    name: ClassVar[str] = "jsonl"
    suffixes: ClassVar[tuple[str, ...]] = (".jsonl", ".ndjson")
    tables: ClassVar[tuple[Table, ...]] = KNOWN_TABLES
    readable: ClassVar[bool] = True

    def write(self, frames: Iterable[pl.DataFrame], path: Path, *, settings: WriteSettings) -> ExportReport:  # noqa: ARG002 - as all formats
        """Write a table."""
        checked = CheckedFrames(frames, self.tables)
        with whole_file(path) as temporary, temporary.open("wb") as stream:
            for batch in checked:
                stream.write(_lines(times_as_text(batch.frame)))
        return checked.report()

    def read(self, path: Path) -> Iterator[pl.DataFrame]:
        """Read a table back; columns that the first line does not name and the table does not have are not seen."""
        with reading(path) as stream:
            schema: dict[str, pl.DataType] | None = None
            for passed, block in blocks_of(records_of(stream)):
                schema = schema or _schema(path, block)
                yield from_text(_read(path, passed, block, schema), table_with(list(schema)), path=path, passed=passed)


def _lines(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_ndjson(buffer)
    lines = buffer.getvalue()
    for mark, escape in _LINE_ENDS.items():
        lines = lines.replace(mark, escape)
    return lines


def _schema(path: Path, block: list[bytes]) -> dict[str, pl.DataType]:
    """Give the columns that are to be read: those of the first line, and those that its table has besides."""
    first = block[0].decode(errors="replace")
    if (fault := _check(first)) is not None:
        raise InputError(fault, path=path, row=1, value=first.rstrip("\r\n"))
    names = list(_parse(first))
    table = table_with(names)
    schema: dict[str, pl.DataType] = dict.fromkeys(names, pl.String())
    numbers = {name: dtype for name, dtype in table.schema.items() if dtype == pl.Float64} if table else {}
    return schema | dict.fromkeys(table.schema if table else (), pl.String()) | numbers


def _read(path: Path, passed: int, block: list[bytes], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    content = b"".join(block)

    def check(line: str) -> str | SchemaError | None:
        return _check(line) or _check_numbers(_parse(line), schema)

    try:
        frame = pl.read_ndjson(io.BytesIO(content), schema=schema)
    except pl.exceptions.PolarsError as error:
        raise fault_in(path, passed, block, check, error) from None
    # polars reads half a surrogate pair as another character, without a word.
    if _SURROGATE.search(content):
        for row, line in enumerate(block, passed + 1):
            if _SURROGATE.search(line) and (fault := _check(line.decode())) is not None:
                raise InputError(fault, path=path, row=row)
    return frame


def _parse(line: str) -> Any:  # noqa: ANN401 - JSON
    def refuse(constant: str) -> None:
        raise ValueError(f"{constant} is no number")

    return json.loads(line, parse_constant=refuse)


def _check(line: str) -> str | None:
    """Say why a line is none of ours; None if it is."""
    try:
        value = _parse(line)
    except (ValueError, RecursionError) as error:
        return f"is not JSON ({error})"
    if not isinstance(value, dict):
        return "is JSON, but no object"
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return "holds half of a surrogate pair, which is no character"
    return None


def _check_numbers(row: dict[str, Any], schema: dict[str, pl.DataType]) -> SchemaError | None:
    for name, value in row.items():
        wanted = schema.get(name) == pl.Float64()
        if wanted and value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            return SchemaError("is no number", column=name, value=value)
    return None

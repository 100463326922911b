"""Values of a table as text, and back: what formats have in common that know nothing but text.

A time is written as ISO 8601 with microseconds, in UTC; a number with as few digits as give it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from alignkit.errors import SchemaError

if TYPE_CHECKING:
    from pathlib import Path

    from alignkit.schema import Table

TIME_FORMAT: Final = "%Y-%m-%dT%H:%M:%S%.6fZ"
"""How times are written."""

_READ_FORMAT: Final = "%Y-%m-%dT%H:%M:%S%.f%:z"


def times_as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Give a frame with its times as text."""
    return frame.with_columns(pl.selectors.datetime().dt.strftime(TIME_FORMAT))


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Give a frame with all its values as text."""
    return times_as_text(frame).cast(pl.String)


def from_text(frame: pl.DataFrame, table: Table | None, *, path: Path, passed: int) -> pl.DataFrame:
    """Give a frame of text with the types of a table's columns.

    Other columns stay text, and an empty text is no value where it is not text that is wanted. A time may also have
    another zone, or a space where 'T' is; without a zone it is none.

    Args:
        frame: The frame; columns that are not text have their type already.
        table: The table; None if it is not known.
        path: The file it was read from, for the message.
        passed: How many rows came before it.

    Raises:
        SchemaError: A text is none of its column's type.
    """
    for column in table.columns if table else ():
        if column.name not in frame.columns or column.dtype == pl.String or frame[column.name].dtype != pl.String:
            continue
        text = frame[column.name].replace("", None)
        values = _times(text) if isinstance(column.dtype, pl.Datetime) else text.cast(column.dtype, strict=False)
        unread = (values.is_null() & text.is_not_null()).arg_true()
        if len(unread):
            kind = "time" if isinstance(column.dtype, pl.Datetime) else "number"
            row = unread[0]
            raise SchemaError(f"is no {kind}", path=path, row=passed + row + 1, column=column.name, value=text[row])
        frame = frame.with_columns(values)
    return frame


def _times(text: pl.Series) -> pl.Series:
    plain = text.str.replace(" ", "T", literal=True).str.replace("Z$", "+00:00")
    return plain.str.to_datetime(_READ_FORMAT, time_unit="us", time_zone="UTC", strict=False)

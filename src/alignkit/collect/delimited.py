"""TSV and CSV, read so that one stray quotation mark cannot swallow the rows after it.

Headlines are full of quotation marks, and a CSV reader takes one at the start of a field for the start of a quoted
field, which then runs to the next quotation mark anywhere in the file. So a record that spans lines is believed only if
it ends within a few lines and has as many fields as the header; otherwise its first line stands alone, and is split as if its quotation marks were letters.
"""

from __future__ import annotations

import csv
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOST_LINES_PER_RECORD: Final = 20

csv.field_size_limit(2**31 - 1)


class Line(NamedTuple):
    """One record: the line it starts at (from 1), its fields, and its text as it stands in the file."""

    number: int
    fields: list[str]
    raw: str


def read_tsv(lines: Iterable[str]) -> Iterator[Line]:
    """Split tab-separated lines.

    Whether quotation marks belong to the text or to the format is decided by the header: in a file that quotes its
    header they belong to the format (as in CSV); in any other a field is unquoted only where that is needed to
    understand it, that is, where quotation marks are doubled within.
    """
    iterator = iter(lines)
    first = next(iterator, None)
    if first is None:
        return
    header = _cut_line_end(first).split("\t")
    if all(_is_quoted(field) for field in header):
        yield from _read_quoted(_chain(first, iterator), "\t")
        return
    for number, line in enumerate(_chain(first, iterator), 1):
        raw = _cut_line_end(line)
        yield Line(number, [_unquote_if_doubled(field) for field in raw.split("\t")], raw)


def read_csv(lines: Iterable[str]) -> Iterator[Line]:
    """Split comma-separated lines, with fields quoted as RFC 4180 says."""
    return _read_quoted(iter(lines), ",")


def _read_quoted(lines: Iterator[str], delimiter: str) -> Iterator[Line]:
    waiting: list[str] = []
    number = 1
    width: int | None = None
    while True:
        if not waiting and (line := next(lines, None)) is not None:
            waiting.append(line)
        if not waiting:
            return
        used = _lines_of_record(waiting, lines)
        fields = _quoted_fields("".join(waiting[:used]), delimiter)
        if fields is None or (used > 1 and len(fields) != width):
            used = 1
            fields = _quoted_fields(waiting[0], delimiter) or _cut_line_end(waiting[0]).split(delimiter)
        width = width or len(fields)
        yield Line(number, fields, _cut_line_end("".join(waiting[:used])))
        number += used
        del waiting[:used]


def _lines_of_record(waiting: list[str], lines: Iterator[str]) -> int:
    """Say how many lines the record at the start of `waiting` has, reading on where its quotation marks are odd."""
    quotes = 0
    for used in range(1, _MOST_LINES_PER_RECORD + 1):
        if len(waiting) < used:
            waiting.extend(islice(lines, 1))
        if len(waiting) < used:
            return 1
        quotes += waiting[used - 1].count('"')
        if quotes % 2 == 0:
            return used
    return 1


def _quoted_fields(record: str, delimiter: str) -> list[str] | None:
    """Split a record by the rules, or give None where its quotation marks do not follow them."""
    try:
        return next(csv.reader([record], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _cut_line_end(line: str) -> str:
    return line.rstrip("\r\n")


def _is_quoted(field: str) -> bool:
    return len(field) > 1 and field.startswith('"') and field.endswith('"')


def _unquote_if_doubled(field: str) -> str:
    inner = field[1:-1]
    if not _is_quoted(field) or '""' not in inner or inner.replace('""', "").count('"'):
        return field
    return inner.replace('""', '"')

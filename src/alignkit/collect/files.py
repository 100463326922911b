"""Plain files: one headline a line, TSV, CSV, JSON Lines, JSON and Parquet."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TextIO

from alignkit.collect.decoding import encoding_name, is_broken, open_text, show_broken, unreadable
from alignkit.collect.delimited import Line, read_csv, read_tsv
from alignkit.collect.record import Record, Reject
from alignkit.errors import InputError, UsageError, quoted
from alignkit.schema import HEADLINES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from alignkit.collect.record import Records
    from alignkit.collect.sources import FileFormat

_SUFFIXES: Final[dict[str, FileFormat]] = {
    ".tsv": "tsv",
    ".tab": "tsv",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".parquet": "parquet",
    ".pq": "parquet",
}
_NOT_TEXT: Final = frozenset(
    {".xlsx", ".xls", ".ods", ".doc", ".docx", ".pdf", ".zip", ".tar", ".7z", ".bz2", ".xz", ".zst"}
)
# Names under which other tools keep what alignkit calls by the name on the right. A column that has the right name wins.
_ALIASES: Final = {
    "headline": "text",
    "title": "text",
    "sentence": "text",
    "language": "lang",
    "publisher": "outlet",
    "date": "published_at",
    "published": "published_at",
    "link": "url",
    "topic": "section",
}
_COLUMNS: Final = frozenset(HEADLINES.schema.names()) - {"collector", "collected_at", "source"}


def format_of(path: Path) -> FileFormat:
    """Tell a file's format by its name; what has no known suffix is plain text with one headline a line.

    Raises:
        UsageError: The suffix names a format that is known not to be read here.
    """
    suffix = (path.with_suffix("") if path.suffix == ".gz" else path).suffix.lower()
    if suffix in _NOT_TEXT:
        raise UsageError(
            "is of a format that is not read here",
            path=path,
            value=suffix,
            remedy="Save it as plain text, TSV, CSV, JSON Lines or Parquet (plain or .gz).",
        )
    return _SUFFIXES.get(suffix, "lines")


def read_file(
    path: Path,
    *,
    file_format: FileFormat | None = None,
    text_column: str | None = None,
    encoding: str | None = None,
    aliases: Sequence[str] = (),
) -> Records:
    """Read a file row by row.

    Args:
        path: The file; text may be gzipped (.gz).
        file_format: Its format, or None to tell by its name.
        text_column: The column with the headline, or None for 'text' and the names other tools use for it.
        encoding: The encoding of a text file, or None to find it out.
        aliases: More names for the text column, tried last (the language's code, say).

    Yields:
        A `Record` for each row that could be read, a `Reject` for each that could not.

    Raises:
        InputError: The file as a whole cannot be read, or has no text column.
    """
    chosen = file_format or format_of(path)
    names = _Names(path, text_column, tuple(aliases))
    if chosen == "parquet":
        yield from _read_parquet(path, names)
        return
    with _opened(path, encoding) as (stream, name):
        if chosen == "lines":
            yield from _read_lines(stream, name)
        elif chosen == "json":
            yield from _read_json(path, stream, names)
        elif chosen == "jsonl":
            yield from _read_jsonl(stream, name, names)
        else:
            yield from _read_delimited(read_tsv(stream) if chosen == "tsv" else read_csv(stream), name, names)


@contextmanager
def _opened(path: Path, encoding: str | None) -> Iterator[tuple[TextIO, str]]:
    stream, name = open_text(path, encoding)
    with stream:
        try:
            yield stream, name
        except (OSError, EOFError) as error:
            raise unreadable(path, error) from None


class _Names:
    """Which of a table's columns is which of ours."""

    def __init__(self, path: Path, text_column: str | None, aliases: tuple[str, ...]) -> None:
        self._path = path
        self._text_column = text_column
        self._aliases = _ALIASES | dict.fromkeys(aliases, "text")

    def mapping(self, columns: Sequence[str]) -> dict[str, str]:
        """Map a file's column names to ours; what is not known is left out.

        Raises:
            InputError: No column holds the text.
        """
        mapping = {name: key for name in columns if (key := name.strip().lower()) in _COLUMNS}
        if self._text_column is not None:
            mapping = {name: key for name, key in mapping.items() if key != "text"}
            if self._text_column in columns:
                mapping[self._text_column] = "text"
        for alias, key in self._aliases.items():
            for name in columns:
                wanted = key != "text" or self._text_column is None
                if name.strip().lower() == alias and key not in mapping.values() and wanted:
                    mapping[name] = key
        if "text" not in mapping.values():
            wanted_name = (
                repr(self._text_column) if self._text_column else "'text' (or 'headline', 'title', 'sentence')"
            )
            raise InputError(
                f"has no column {wanted_name}",
                path=self._path,
                remedy=f"Its columns are: {', '.join(columns) or 'none'}. Name the headline's with --text-column or 'text_column'.",
            )
        return mapping


def _read_lines(stream: TextIO, encoding: str) -> Records:
    for number, line in enumerate(stream, 1):
        text = line.rstrip("\n")
        if is_broken(text):
            yield _broken(number, text, encoding)
        elif text.strip("\ufeff \t\u3000"):
            yield Record(number, {"text": text}, str(number))
        else:
            yield Reject(number, "is empty")


def _read_delimited(lines: Iterator[Line], encoding: str, names: _Names) -> Records:
    header = next(lines, None)
    if header is None:
        return
    columns = [name.removeprefix("\ufeff") for name in header.fields]
    mapping = names.mapping(columns)
    for line in lines:
        if is_broken(line.raw):
            yield _broken(line.number, line.raw, encoding)
        elif not line.raw.strip():
            yield Reject(line.number, "is empty")
        elif len(line.fields) > len(columns):
            reason = f"has {len(line.fields)} fields where the header has {len(columns)}"
            yield Reject(line.number, reason, value=quoted(line.raw))
        else:
            row = dict(zip(columns, line.fields, strict=False))
            yield Record(
                line.number, {key: row[name] for name, key in mapping.items() if row.get(name)}, str(line.number)
            )


def _read_jsonl(stream: TextIO, encoding: str, names: _Names) -> Records:
    for number, line in enumerate(stream, 1):
        if is_broken(line):
            yield _broken(number, line.rstrip("\n"), encoding)
            continue
        if not line.strip("\ufeff \t\r\n"):
            yield Reject(number, "is empty")
            continue
        try:
            value = json.loads(line.removeprefix("\ufeff"))
        except (ValueError, RecursionError) as error:
            yield Reject(number, f"is not JSON ({error})", value=quoted(line.rstrip("\n")))
        else:
            yield _from_json(number, value, names)


def _read_json(path: Path, stream: TextIO, names: _Names) -> Records:
    try:
        values = json.load(stream)
    except (ValueError, RecursionError) as error:
        raise InputError(f"is not JSON ({error})", path=path) from None
    if not isinstance(values, list):
        raise InputError("is JSON, but no list of headlines", path=path, remedy='Write ["…", …] or [{"text": "…"}, …].')
    for number, value in enumerate(values, 1):
        yield _from_json(number, value, names)


def _from_json(number: int, value: object, names: _Names) -> Record | Reject:
    if isinstance(value, str):
        return Record(number, {"text": value}, str(number))
    if not isinstance(value, dict):
        return Reject(number, "is neither an object nor a string", value=quoted(value))
    try:
        mapping = names.mapping(list(value))
    except InputError as error:
        return Reject(number, error.problem, value=quoted(value))
    return Record(number, {key: value[name] for name, key in mapping.items() if value[name] is not None}, str(number))


def _read_parquet(path: Path, names: _Names) -> Records:
    import polars as pl  # noqa: PLC0415

    try:
        mapping = names.mapping(list(pl.read_parquet_schema(path)))
        frame = pl.read_parquet(path, columns=list(mapping)).rename(mapping)
    except (pl.exceptions.PolarsError, OSError) as error:
        if isinstance(error, OSError):
            raise unreadable(path, error) from None
        raise InputError(f"is not a Parquet file that can be read ({error})", path=path) from None
    for number, row in enumerate(frame.iter_rows(named=True), 1):
        yield Record(number, {key: value for key, value in row.items() if value is not None}, str(number))


def _broken(row: int, text: str, encoding: str) -> Reject:
    return Reject(row, f"has bytes that are not {encoding_name(encoding)}", value=quoted(show_broken(text)))

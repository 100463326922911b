"""Files of outputs and references as rows of text: lines, JSON Lines and delimited tables, every one of them or an error."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignkit.collect.decoding import encoding_name, is_broken, show_broken
from alignkit.collect.delimited import read_csv, read_tsv
from alignkit.collect.packed import open_lines
from alignkit.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

_PACKED: Final = frozenset({".gz", ".bz2", ".xz", ".zst"})
_DELIMITED: Final = {".tsv": read_tsv, ".tab": read_tsv, ".csv": read_csv}


@dataclass(frozen=True)
class Row:
    """One row of a table: its number, counted from 1, and its fields by name."""

    number: int
    fields: dict[str, object]


def suffix_of(path: Path) -> str:
    """Give the end of a file's name that tells what it holds: '.jsonl' for 'a.JSONL.gz'."""
    inner = path.with_suffix("") if path.suffix.lower() in _PACKED else path
    return inner.suffix.lower()


def is_table(path: Path) -> bool:
    """Tell whether a file's name says that it holds named fields, not bare lines."""
    return suffix_of(path) in {*_DELIMITED, ".jsonl", ".ndjson"}


def read_text_lines(path: Path, encoding: str | None = None) -> list[str]:
    r"""Read the lines of a text, ended by '\n' alone as sacrebleu reads them, empty ones too.

    Raises:
        InputError: It cannot be read, or a line has bytes that its encoding does not allow.
    """
    with open_lines(path, encoding) as lines:
        texts = list(lines)
        for number, text in enumerate(texts, 1):
            if is_broken(text):
                problem = f"has bytes that are not {encoding_name(lines.encoding)}"
                remedy = "Save it as UTF-8, or name its encoding with --encoding."
                raise InputError(problem, path=path, row=number, value=show_broken(text), remedy=remedy)
    return texts


def read_rows(path: Path, encoding: str | None = None) -> list[Row]:
    """Read the rows of a JSON Lines or delimited file; lines that are empty are none.

    Raises:
        InputError: It cannot be read, or a row is not as the others.
    """
    lines = read_text_lines(path, encoding)
    split = _DELIMITED.get(suffix_of(path))
    if split is None:
        return [_json_row(path, number, line) for number, line in enumerate(lines, 1) if line.strip("\ufeff \t")]
    table = split(f"{line}\n" for line in lines)
    header = next(table, None)
    if header is None:
        raise InputError("is empty", path=path)
    names = [name.removeprefix("\ufeff").strip() for name in header.fields]
    rows = []
    for line in table:
        if not line.raw.strip():
            continue
        if len(line.fields) != len(names):
            problem = f"has {len(line.fields)} fields where the header has {len(names)}"
            raise InputError(problem, path=path, row=line.number - 1, value=line.raw)
        rows.append(Row(line.number - 1, dict(zip(names, line.fields, strict=True))))
    return rows


def _json_row(path: Path, number: int, line: str) -> Row:
    try:
        value = json.loads(line.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"is not JSON ({error})", path=path, row=number, value=line) from None
    if isinstance(value, str):
        return Row(number, {"text": value})
    if not isinstance(value, dict):
        raise InputError("is neither an object nor a string", path=path, row=number, value=line)
    return Row(number, value)

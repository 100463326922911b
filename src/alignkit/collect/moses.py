"""Parallel text: two files whose lines are partners (Moses, OPUS, mtdata), an archive of both, or a TSV of pairs."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

from alignkit.collect.bitext import partners
from alignkit.collect.decoding import unreadable
from alignkit.collect.packed import UNPACKING_ERRORS, Lines, is_zip, open_lines
from alignkit.collect.pair_columns import read_columns
from alignkit.errors import InputError, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alignkit.collect.record import Records
    from alignkit.schema import Language

_ENGLISH: Final = ("en", "eng")
_JAPANESE: Final = ("ja", "jp", "jpn")
_MOST_NAMES: Final = 12


def read_moses(en: Path, ja: Path, *, encoding: str | None = None) -> Records:
    """Read two files of lines, the n-th of which are partners.

    Args:
        en: The English file; it may be packed as .gz, .bz2 or .xz, or .zst from Python 3.14 on, whatever its name.
        ja: The Japanese file, likewise.
        encoding: Their encoding, or None to find it out for each.

    Yields:
        A `Record` for each line and language, with 'line N' as its place and identity: the records of one place are a
        gold pair. A `Reject` for a line that is empty or broken; its partner is given all the same.

    Raises:
        InputError: A file cannot be read, or one has more lines than the other. That is known at the end only, and what
            was given before is in doubt then: where a line is missing, all after it have wrong partners.
    """
    with open_lines(en, encoding) as en_lines, open_lines(ja, encoding) as ja_lines:
        yield from _read_both(en_lines, ja_lines, en.name, ja.name)


def read_bitext(
    path: Path, *, en_column: int | None = None, ja_column: int | None = None, encoding: str | None = None
) -> Records:
    """Read a file that holds both languages: an OPUS archive, or lines whose columns are partners.

    Args:
        path: A zip archive with one file that ends in .en and one that ends in .ja (X.en-ja.en, X.en-ja.ja); or
            tab-separated lines, packed or not, as mtdata and the Tatoeba Challenge write them.
        en_column: The column of a TSV with the English text, counted from 1; None to find it out.
        ja_column: The column with the Japanese text, likewise.
        encoding: The encoding, or None to find it out.

    Yields:
        As `read_moses`.

    Raises:
        InputError: The file cannot be read, or does not hold what is named above.
    """
    if is_zip(path):
        yield from _read_zip(path, encoding)
        return
    with open_lines(path, encoding) as lines:
        yield from read_columns(lines, en_column=en_column, ja_column=ja_column)


def _read_zip(path: Path, encoding: str | None) -> Records:
    try:
        archive = ZipFile(path)
    except UNPACKING_ERRORS as error:
        raise unreadable(path, error) from None
    with archive:
        en, ja = _member(archive, path, _ENGLISH), _member(archive, path, _JAPANESE)
        with (
            _open_member(archive, path, en, encoding) as en_lines,
            _open_member(archive, path, ja, encoding) as ja_lines,
        ):
            yield from _read_both(en_lines, ja_lines, en, ja)


def _member(archive: ZipFile, path: Path, codes: tuple[str, ...]) -> str:
    """Find the one file of an archive whose name ends in a language's code, perhaps with a region ('.en_GB')."""
    names = [name for name in archive.namelist() if not name.endswith("/")]
    found = [name for name in names if name.rpartition(".")[2].lower().partition("_")[0] in codes]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
    raise InputError(
        f"has {len(found) or 'no'} files whose names end in .{codes[0]}, not one",
        path=path,
        remedy=f"Unpack it and give the two files. It holds: {listed or 'nothing'}.",
    )


def _open_member(archive: ZipFile, path: Path, name: str, encoding: str | None) -> Lines:
    try:
        return Lines(archive.open(name), path, encoding)
    except (RuntimeError, NotImplementedError, BadZipFile) as error:  # It has a password, or an unknown method.
        raise InputError(f"holds {name}, which cannot be unpacked ({error})", path=path) from None


def _read_both(en_lines: Lines, ja_lines: Lines, en_name: str, ja_name: str) -> Records:
    encodings: dict[Language, str] = {"en": en_lines.encoding, "ja": ja_lines.encoding}
    en_left, ja_left = iter(en_lines), iter(ja_lines)
    for number, (en, ja) in enumerate(zip_longest(en_left, ja_left), 1):
        if en is None:
            _refuse_rest(number, ja or "", ja_left, path=ja_lines.path, longer=ja_name, shorter=en_name)
            return
        if ja is None:
            _refuse_rest(number, en, en_left, path=en_lines.path, longer=en_name, shorter=ja_name)
            return
        yield from partners(number, f"line {number}", {"en": en, "ja": ja}, encodings)


def _refuse_rest(row: int, first: str, left: Iterator[str], *, path: Path, longer: str, shorter: str) -> None:
    """Say where one of two files ended while the other went on; empty lines at its end do not count.

    Raises:
        InputError: There is text in the rest.
    """
    text = first
    total = row if first.strip() else row - 1
    for rest, line in enumerate(left, row + 1):
        if line.strip():
            total, text = rest, text if text.strip() else line
    if total < row:
        return
    raise InputError(
        f"{longer} has {total:,} lines where {shorter} has {row - 1:,}; the first without a partner is {quoted(text)}",
        path=path,
        row=row,
        remedy="Lines of the same number must be partners: are both files whole, and of one release?",
    )

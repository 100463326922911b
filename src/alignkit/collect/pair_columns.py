"""Tab-separated lines whose columns are partners: which column is English and which Japanese, and what they hold."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from alignkit.collect.bitext import partners
from alignkit.collect.record import Reject
from alignkit.errors import InputError, quoted
from alignkit.schema import LANGUAGES
from alignkit.text.script import has_japanese_script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.collect.packed import Lines
    from alignkit.collect.record import Records
    from alignkit.schema import Language

_SAMPLE_LINES: Final = 1000
_EN_NAMES: Final = frozenset({"en", "eng", "english"})
_WORD: Final = re.compile("[a-z]+")
_JA_NAMES: Final = frozenset({"ja", "jp", "jpn", "japanese"})


class _Columns(NamedTuple):
    """Where the texts are, counted from 0; how many columns there are; and whether the first line names them."""

    en: int
    ja: int
    width: int
    header: bool


def read_columns(lines: Lines, *, en_column: int | None = None, ja_column: int | None = None) -> Records:
    """Read pairs from tab-separated lines without quoting, as mtdata and the Tatoeba Challenge write them.

    Which column is which is told by a first line that names them, else by the letters of the first lines: Japanese is
    the column with the most texts in Japanese letters, English the one with the most different words among the others.

    Args:
        lines: The lines.
        en_column: The column with the English text, counted from 1; None to find it out.
        ja_column: The column with the Japanese text, likewise.

    Yields:
        A `Record` for each text, with 'line N' as its place and identity; a `Reject` for a text that is empty, and for a
        line with another number of columns than most.

    Raises:
        InputError: There are no columns, or it cannot be told which is which.
    """
    left = iter(lines)
    sample = [line.split("\t") for line in islice(left, _SAMPLE_LINES)]
    if not sample:
        return
    columns = _find_columns(sample, lines, en_column, ja_column)
    encodings: dict[Language, str] = dict.fromkeys(LANGUAGES, lines.encoding)
    for number, fields in enumerate(chain(sample, (line.split("\t") for line in left)), 1):
        if number == 1 and columns.header:
            continue
        if len(fields) == columns.width:
            texts: dict[Language, str | None] = {"en": fields[columns.en], "ja": fields[columns.ja]}
            yield from partners(number, f"line {number}", texts, encodings)
        elif fields == [""]:
            yield Reject(number, "is empty")
        else:
            reason = f"has {len(fields)} columns where most lines have {columns.width}"
            yield Reject(number, reason, value=quoted("\t".join(fields)))


def _find_columns(sample: Sequence[Sequence[str]], lines: Lines, en: int | None, ja: int | None) -> _Columns:
    width = Counter(len(fields) for fields in sample if fields != [""]).most_common(1)
    if not width or width[0][0] < 2:  # noqa: PLR2004 - a pair has two
        raise InputError("has no tab-separated columns", path=lines.path, remedy="Give two files, one a language.")
    rows = [fields for fields in sample if len(fields) == width[0][0]]
    named = _named_columns(rows)
    by_letters = _columns_by_letters(rows)
    chosen = {
        "Japanese": ja - 1 if ja is not None else named[1] if named else by_letters[1],
        "English": en - 1 if en is not None else named[0] if named else by_letters[0],
    }
    for language, column in chosen.items():
        if column is None or not 0 <= column < width[0][0]:
            shown = " | ".join(quoted(text) for text in rows[0])
            raise InputError(
                f"has no column of {language} text that can be told, among {width[0][0]}",
                path=lines.path,
                remedy=f"Name the columns, counted from 1. The first line is: {shown}.",
            )
    if chosen["English"] == chosen["Japanese"]:
        raise InputError("has one column for both languages", path=lines.path, remedy="Name two, counted from 1.")
    return _Columns(chosen["English"] or 0, chosen["Japanese"] or 0, width[0][0], header=named is not None)


def _named_columns(rows: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """Give the columns by the first line's names; a value that the next line repeats is a language code, no name."""
    names = [name.strip("\ufeff ").lower() for name in rows[0]]
    repeated = [text.strip().lower() for text in rows[1]] if len(rows) > 1 else [""] * len(names)
    found = [
        [place for place, name in enumerate(names) if name in wanted and name != repeated[place]]
        for wanted in (_EN_NAMES, _JA_NAMES)
    ]
    return (found[0][0], found[1][0]) if all(found) else None


def _columns_by_letters(rows: Sequence[Sequence[str]]) -> tuple[int | None, int | None]:
    columns = list(zip(*rows, strict=True))
    japanese = [sum(has_japanese_script(text) for text in column) for column in columns]
    ja = max(range(len(columns)), key=lambda place: japanese[place])
    if not japanese[ja]:
        return None, None
    words = [len({word for text in column for word in _WORD.findall(text.lower())}) for column in columns]
    en = max((place for place in range(len(columns)) if place != ja), key=lambda place: words[place])
    return en if words[en] else None, ja

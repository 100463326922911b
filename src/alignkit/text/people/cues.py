"""The words by which a headline is taken to be about crime, courts, accidents or deaths."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from alignkit.text.people.tables import any_of, words

if TYPE_CHECKING:
    from alignkit.schema import Language


@cache
def crime_pattern(lang: Language) -> str:
    """Give the regular expression, in the syntax of polars and of Python, that such headlines of a language match.

    The words are many rather than few: for a headline that is wrongly taken for one, names are looked for in vain or a
    name goes that could have stayed; one that is missed keeps the name of a victim.
    """
    if lang == "ja":
        return any_of(words("crime_ja.txt"))
    endings = any_of(words("crime_en.txt")).replace(r"\*", "[a-z]*")
    return rf"(?i)\b(?:{endings})\b"

"""Whether an address gives away a name that was taken out of its headline."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from alignkit.text.heard import sound_of
from alignkit.text.lexicon.store import load_lexicon
from alignkit.text.names.folding import plain
from alignkit.text.romaji import fold_romaji

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignkit.export.redaction.rule import UnitNames

_REMEMBERED: Final = 1 << 14
_LETTERS: Final = re.compile("[a-z]+")
_LEAST_LETTERS: Final = 3
_LEAST_WITHIN: Final = 5
"""From how many letters on a name is looked for inside a longer word: 'ogose' in 'keitaogose'."""


def spells_a_name(url: str, names: UnitNames) -> bool:
    """Tell whether what follows the host in an address spells a name that is taken out, in letters or in Japanese.

    Args:
        url: The address; one that cannot be taken apart is looked through as a whole.
        names: The names of the unit of its headline.
    """
    if not names:
        return False
    path = unquote(_behind_host(url))
    if any(part in path for part in names.hidden["ja"]):
        return True
    in_path = [fold_romaji(word) for word in _LETTERS.findall(plain(path))]
    spellings = {spelling for part in names.hidden["en"] for spelling in _folded_words(part)}
    spellings |= {spelling for part in names.hidden["ja"] for spelling in _readings(part)}
    return any(
        spelling == word or (len(spelling) >= _LEAST_WITHIN and spelling in word)
        for spelling in spellings
        for word in in_path
    )


def _behind_host(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.path} {parts.query} {parts.fragment}" if parts.netloc else url


def _folded_words(name: str) -> Iterator[str]:
    """Give an English word of a name as addresses write it: Jong-un in two words and in one."""
    words = _LETTERS.findall(name)
    yield from (folded for word in {*words, "".join(words)} if len(folded := fold_romaji(word)) >= _LEAST_LETTERS)


@lru_cache(maxsize=_REMEMBERED)
def _readings(name: str) -> tuple[str, ...]:
    """Give the ways to read a Japanese name, in Latin letters."""
    lexicon = load_lexicon()
    known = lexicon.readings([name]).get(name, ()) if lexicon else ()
    return tuple(
        dict.fromkeys(reading for reading in (sound_of(name).letters, *known) if len(reading) >= _LEAST_LETTERS)
    )

"""Which names of an output stand in the place of a reference's, and are not only other words for the same."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from alignkit.evaluate.fidelity.telling_names import KATAKANA, begins_sentence, is_abbreviation, is_name_anywhere, tells
from alignkit.text.names.forms import is_romaji

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from alignkit.evaluate.fidelity.name_words import NameWord
    from alignkit.evaluate.fidelity.reading import Reading

_REMEMBERED: Final = 1 << 16
_LATIN: Final = re.compile("[A-Za-z]")
_OF_A_COUNTRY: Final = frozenset({"country", "place", "organisation"})
_ALIKE_IN_KATAKANA: Final = 0.6
_ALIKE_IN_LETTERS: Final = 0.7

NamePair = tuple["NameWord", "NameWord"]
"""A name's word that is lost, and the one that is there instead."""


def exchanged(
    lost: Sequence[NameWord],
    said: Collection[NameWord],
    added: Sequence[NameWord],
    readings: tuple[Reading, Reading, Reading],
) -> list[NamePair]:
    """Give the words of names that are lost, each with one of the added words that can be instead of it.

    Args:
        lost: The words that the reference has and the output has not.
        said: Those of them that the source says.
        added: The words that the output has and neither the source nor a reference.
        readings: The source, the output and the reference.
    """
    source, output, reference = readings
    telling = [word for word in added if tells(word, source, output)]
    pairs = []
    for word in lost if telling else ():
        begins = begins_sentence(word, reference)
        is_name = word in said or (output.lang == "en" and not begins and tells(word, source, reference))
        # The first word of a sentence is the more surely a name if it is there instead of another first word.
        fitting = (
            one for one in telling if begins or is_name_anywhere(one, output) or not begins_sentence(one, output)
        )
        other = next((one for one in fitting if _may_replace(word, one, output, is_name=is_name)), None)
        if other is not None:
            pairs.append((word, other))
    return pairs


def _may_replace(lost: NameWord, added: NameWord, output: Reading, *, is_name: bool) -> bool:
    if is_abbreviation(lost) != is_abbreviation(added) or _are_spelt_alike(lost.text, added.text):
        return False
    if bool(_LATIN.match(lost.text)) != bool(_LATIN.match(added.text)):
        return False
    # A country is often named to say whose something is: NASA is アメリカ航空宇宙局.
    if added.kind == "country" and lost.kind not in _OF_A_COUNTRY:
        return False
    # Where a country is only named less often, no more than another country can be instead of it.
    if added.kind != "country" and any(lost.keys & word.keys for word in output.words):
        return False
    return is_name or _are_alike(lost, added)


@lru_cache(maxsize=_REMEMBERED)
def _are_spelt_alike(one: str, other: str) -> bool:
    """Tell whether two words may be two spellings of one: ソルスキヤール and ソルシャール, K.J. and KJ."""
    one, other = one.replace(".", ""), other.replace(".", "")
    least = _ALIKE_IN_KATAKANA if KATAKANA.fullmatch(one) else _ALIKE_IN_LETTERS
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= least


def _are_alike(one: NameWord, other: NameWord) -> bool:
    """Tell whether two words are names of one kind, known or by the look of them."""
    if one.kind != other.kind:
        return all(KATAKANA.fullmatch(word.text) for word in (one, other))
    return one.kind != "other" or all(is_romaji(word.text) or KATAKANA.fullmatch(word.text) for word in (one, other))

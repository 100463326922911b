"""The words around a number in an English text: what is counted, which way it is opened, what happened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from alignkit.text.quantities.tables import LONGEST_ENGLISH_PHRASE, Unit, approximations, roles, stop_words, units

if TYPE_CHECKING:
    from alignkit.text.quantities.model import Approximation

_WORD: Final = re.compile(r"(?P<gap>[ -]?)(?P<word>[a-z%°][a-z.°/']*)")
_MOST_WORDS: Final = 5
_CHARACTERS_BEFORE: Final = 32
_ATTACHED_ONLY: Final = frozenset({"g", "p", "t", "x", "mn", "b"})
_CAPITAL_ONLY: Final = frozenset({"c", "f"})


class Following(NamedTuple):
    """The unit after a number, and where it ends."""

    unit: Unit
    end: int
    word: str


class Word(NamedTuple):
    """A word after a number, what stands before it, and its span."""

    gap: str
    text: str
    start: int
    end: int


def words_after(folded: str, end: int) -> list[Word]:
    """Give the words after a place, five at most, up to the first that is no plain word."""
    found: list[Word] = []
    while len(found) < _MOST_WORDS and (match := _WORD.match(folded, end)):
        word = match["word"]
        kept = word if word in units("en") else word.rstrip(".'")
        end = match.start("word") + len(kept)
        found.append(Word(match["gap"], kept.removesuffix("'s"), match.start("word"), end))
        if kept != word or not kept:
            break
    return found


def unit_after(text: str, words: list[Word]) -> Following | None:
    """Give the unit that directly follows a number: 'percent', 'square meters', '-year-old'.

    Args:
        text: The text as given, in which C and F are degrees and c and f are not.
        words: What `words_after` gives.
    """
    table = units("en")
    for length in range(min(LONGEST_ENGLISH_PHRASE, len(words)), 0, -1):
        phrase = " ".join(word.text for word in words[:length])
        unit = table.get(phrase)
        if unit is None or (phrase in _ATTACHED_ONLY and words[0].gap):
            continue
        if len(phrase) == 1 and text[words[0].start].isupper() != (phrase in _CAPITAL_ONLY):
            continue
        return Following(unit, words[length - 1].end, phrase)
    return None


def noun_after(words: list[Word]) -> Following | None:
    """Give the noun that says what is counted, past adjectives: '12 high school students' counts students."""
    table = units("en")
    head: Following | None = None
    for word in words:
        if word.text in stop_words():
            break
        unit = table.get(word.text)
        if unit is not None and unit.kind == "count":
            head = Following(unit, word.end, word.text)
        elif head is not None:
            break
    return head


def approximation_before(folded: str, start: int) -> Approximation:
    """Give which way the words before a number open it."""
    openers = approximations("en", "before")
    before = folded[max(0, start - _CHARACTERS_BEFORE) : start].split()[-LONGEST_ENGLISH_PHRASE:]
    for first in range(len(before)):
        way = openers.get(" ".join(before[first:]))
        if way is not None:
            return way
    return ""


def approximation_after(folded: str, end: int) -> Approximation:
    """Give which way the words after a number open it."""
    if folded[end : end + 1] not in {" ", "-", "+"}:
        return ""
    for phrase, way in approximations("en", "after").items():
        if folded.startswith(phrase, end + (phrase[0] not in "+-")):
            return way
    return ""


def role_of(folded: str, start: int, words: list[Word]) -> str:
    """Give what happened to the people counted, by the words after the number or else before it."""
    after = roles("en", "after")
    for word in words:
        if role := after.get(word.text):
            return role
        if word.text in stop_words():
            break
    before = folded[max(0, start - _CHARACTERS_BEFORE) : start].split()[-LONGEST_ENGLISH_PHRASE:]
    before_roles = roles("en", "before")
    for first in range(len(before)):
        if role := before_roles.get(" ".join(before[first:])):
            return role
    return ""

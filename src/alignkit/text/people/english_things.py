"""What says that words with capitals in an English headline are the name of a place, a firm, a ship or the like."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from alignkit.text.data import read_words
from alignkit.text.names.folding import plain
from alignkit.text.people.tables import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignkit.text.names import Name

Span = tuple[int, int]

_CAPITALISED: Final = re.compile(r"[^\W\d_][^\W\d_'-]*(?:['-][^\W\d_]+)*")
_BEFORE: Final = re.compile(r"([A-Za-z-]+)\.? $")
_AFTER: Final = re.compile(r"(?:'s)? ([A-Za-z.-]+)")
_JOINED_AFTER: Final = re.compile(r" & | and (?:Co\b|Company\b|Sons\b|Partners\b)")
_COUNTED: Final = re.compile(r"\d(?:[\d,.]*\d)?(?: (?:million|billion))? $")
_QUOTED: Final = re.compile(r"['\"“]$")
_END_OF_QUOTE: Final = re.compile(r"['\"”](?!s\b)")
_COMMA: Final = ", "
_MOST_WORDS_OF_A_PLACE: Final = 4


def read_places(folded: str, names: Sequence[Name]) -> list[Span]:
    """Find what is called like a place of the gazetteer; of what begins at one word, the longest."""
    known = {(name.start, name.end) for name in names if name.kind in ("country", "place")}
    return sorted({*_in_gazetteer(folded), *known})


def is_thing(folded: str, run: Span, called: Sequence[str], *, title_case: bool) -> bool:
    """Tell whether the words beside capitalised ones make these a place's name, a ship's, a storm's, a company's or the like.

    Args:
        folded: The headline.
        run: Where the capitalised words stand.
        called: The words.
        title_case: Whether the headline writes nearly every word with a capital.
    """
    before, after = folded[: run[0]], folded[run[1] :]
    is_given = plain(called[0]) in words("given_names_en.txt")
    if _JOINED_AFTER.match(after) or before.endswith("& ") or _COUNTED.search(before):
        return True
    return _is_by_word_before(_word(_BEFORE, before), called, is_given=is_given) or _is_by_word_after(
        _word(_AFTER, after), called, is_given=is_given, title_case=title_case
    )


def is_place(folded: str, run: Span, places: Sequence[Span]) -> bool:
    """Tell whether the gazetteer has the words for a place, or a place that they lie in is named behind a comma."""
    if any(start <= run[0] and run[1] <= end for start, end in places):
        return True
    behind = run[1] + len(_COMMA)
    return folded.startswith(_COMMA, run[1]) and " " not in folded[slice(*run)] and any(s == behind for s, _ in places)


def is_quoted(folded: str, run: Span) -> bool:
    """Tell whether the words are all that a pair of quotation marks holds, as a title or an outcry is."""
    return _QUOTED.search(folded, 0, run[0]) is not None and _END_OF_QUOTE.match(folded, run[1]) is not None


def _is_by_word_before(word: str, called: Sequence[str], *, is_given: bool) -> bool:
    if word.lower() in words("vessel_words_en.txt") or (word[:1].isupper() and word.lower() in words("saints_en.txt")):
        return True
    if word.lower() not in words("place_words_en.txt") or is_given:
        return False
    # After a preposition several words may be somebody, too: 'confidence in Keita Ogose'.
    return len(called) == 1 or word.lower() not in read_function_words()


def _is_by_word_after(word: str, called: Sequence[str], *, is_given: bool, title_case: bool) -> bool:
    heads, lowered = words("place_heads_en.txt"), word.lower()
    if lowered in heads or lowered.rstrip(".") in heads or plain(called[-1]) in heads:
        return True
    if lowered in words("scene_heads_en.txt"):
        return len(called) == 1 or not is_given
    return word[:1].isupper() and not title_case and lowered in words("not_people_en.txt")


def _word(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.match(text) if pattern is _AFTER else pattern.search(text)
    return match[1] if match else ""


def _in_gazetteer(folded: str) -> Iterator[Span]:
    found = [match for match in _CAPITALISED.finditer(folded) if match[0][0].isupper()]
    for first, match in enumerate(found):
        if plain(match[0]) not in _first_words():
            continue
        for last in reversed(found[first : first + _MOST_WORDS_OF_A_PLACE]):
            end = last.end() - 2 * last[0].endswith("'s")
            if plain(folded[match.start() : end]) in words("gazetteer_en.txt"):
                yield match.start(), end
                break


@cache
def _first_words() -> frozenset[str]:
    return frozenset(place.partition(" ")[0] for place in words("gazetteer_en.txt"))


@cache
def read_function_words() -> frozenset[str]:
    """Give the function words of English, in lower case."""
    return frozenset(read_words("english_function_words.txt"))

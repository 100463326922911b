"""A Japanese headline as its names are looked for in it: where words begin and end, and what stands beside a place."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from alignkit.text.names.japanese_words import Word, split_words
from alignkit.text.names.tables import country_abbreviations, japanese_lengths, japanese_terms, read_word_list

_KANJI: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff々]+")
_DIVISION: Final = re.compile("[市町村区郡県島山岳川湖港湾駅署城寺]|神社|空港|地裁|地検|高校|大学|海岸|温泉")


class JapaneseText:
    """A folded text and its words.

    Args:
        folded: The text, as `alignkit.text.names.folding.fold` gives it.
    """

    def __init__(self, folded: str) -> None:
        self.folded = folded
        words = split_words(folded)
        self._by_start = {word.start: word for word in words}
        self._edges = {0, len(folded)} | {word.start for word in words} | {word.end for word in words}

    def word_at(self, start: int) -> Word | None:
        """Give the word that begins at a place."""
        return self._by_start.get(start)

    def is_edge(self, at: int) -> bool:
        """Tell whether a word begins or ends at a place; one of katakana or of Latin letters has no edge within."""
        if not 0 < at < len(self.folded):
            return True
        before, after = script_of(self.folded[at - 1]), script_of(self.folded[at])
        return at in self._edges if not (before or after) else before != after

    def is_common(self, start: int, end: int) -> bool:
        """Tell whether a span is made of words that IPADIC knows and does not take for names."""
        while start < end:
            word = self.word_at(start)
            if word is None or word.end > end or not word.reading or word.tag not in ("noun", "other"):
                return False
            start = word.end
        return True

    def reading(self, start: int, end: int) -> str:
        """Give IPADIC's reading of a span that is one word, or nothing."""
        word = self.word_at(start)
        return word.reading if word is not None and word.end == end else ""

    def is_kanji(self, start: int, end: int) -> bool:
        """Tell whether a span is of kanji only; one that begins before the text is not."""
        return start >= 0 and _KANJI.fullmatch(self.folded, start, end) is not None

    def is_division(self, at: int) -> bool:
        """Tell whether what follows makes the name before it a place's: 市, 町, 島 and the like."""
        return _DIVISION.match(self.folded, at) is not None

    def is_titled(self, at: int, *, offices: bool = True) -> bool:
        """Tell whether a title, or an office with or without its country (米大統領), follows a name that ends here."""
        if offices:
            at = self._after_country(at)
        return any(
            self.folded.startswith(title, at) and self.is_edge(at + len(title))
            for title in _titles(offices=offices).get(self.folded[at : at + 1], ())
        )

    def is_office(self, at: int) -> bool:
        """Tell whether an office begins here."""
        return any(
            (term := japanese_terms().get(self.folded[at : at + length])) is not None and term.kind == "office"
            for length in japanese_lengths().get(self.folded[at : at + 1], ())
        )

    def _after_country(self, at: int) -> int:
        first = self.folded[at : at + 1]
        for length in japanese_lengths().get(first, ()):
            term = japanese_terms().get(self.folded[at : at + length])
            if term is not None and term.kind == "country":
                return at + length
        return at + 1 if first in country_abbreviations() else at


def script_of(character: str) -> str:
    """Give the script of a character that words are written in without another: 'katakana', 'latin', or ''."""
    if "ァ" <= character <= "ヺ" or character == "ー":
        return "katakana"
    return "latin" if character.isalpha() and character < "\u0250" else ""


@cache
def _titles(*, offices: bool) -> dict[str, tuple[str, ...]]:
    titles = set(read_word_list("japanese_titles.txt"))
    if offices:
        titles |= {form for form, term in japanese_terms().items() if term.kind == "office"}
    return {first: tuple(title for title in titles if title[0] == first) for first in {title[0] for title in titles}}

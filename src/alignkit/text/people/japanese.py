"""The people in Japanese headlines: IPADIC's surnames and given names, and what stands before a role or an honorific."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from alignkit.text.names import read_names
from alignkit.text.names.folding import fold
from alignkit.text.names.japanese_words import Word, split_words
from alignkit.text.names.tables import japanese_terms, read_word_list
from alignkit.text.people.japanese_forms import (
    AGE,
    completed,
    dotted_names,
    foreign_before,
    is_scene,
    names_of_acts,
    things_in_katakana,
    without_occupation,
)
from alignkit.text.people.kanji_names import may_be_name
from alignkit.text.people.model import Person, Standing
from alignkit.text.people.tables import any_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignkit.text.names import Name

_KANJI: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff々ヶケ]+")
_HIRAGANA: Final = re.compile("[\u3041-\u3096ー]+")
_KATAKANA: Final = re.compile("[ァ-ヺー]+(?:[・＝=][ァ-ヺー]+)*")
_AGED: Final = re.compile(AGE)
_NAMED: Final = frozenset({"surname", "given", "person"})
_DOTS: Final = ("・", "＝", "=")
_MOST_CHARACTERS: Final = 8
_MOST_KANJI: Final = 5
_LEAST_CHARACTERS: Final = 2
_LEAST_KATAKANA: Final = 3
_LONGEST_GIVEN_NAME: Final = 3
_ONE: Final = 1
_BOTH: Final = "両"


def read_japanese(texts: Sequence[str]) -> list[list[Person]]:
    """Find the people in Japanese headlines; see `alignkit.text.people.find_people`."""
    return [list(_Headline(text, names).people()) for text, names in zip(texts, read_names(texts, "ja"), strict=True)]


class _Headline:
    """A Japanese headline in which people are looked for.

    Args:
        text: The headline.
        names: Its names, as `read_names` gives them.
    """

    def __init__(self, text: str, names: Sequence[Name]) -> None:
        self.text = text
        self.folded = fold(text)
        self._words = split_words(self.folded)
        self._by_end = {word.end: word for word in self._words}
        self._blocked = [
            (name.start, name.end) for name in names if name.kind in ("country", "place", "organisation", "office")
        ]
        self._things = things_in_katakana(self.folded)
        self._blocked += self._things
        self._read = [(name.start, name.end) for name in names if name.kind == "person"]

    def people(self) -> Iterator[Person]:
        known = [*self._tagged(), *(span for span in self._read if self._is_somebody(span))]
        spans = [
            *self._before_roles(),
            *(completed(self.folded, span, _ends()) for span in known),
            *dotted_names(self.folded),
            *names_of_acts(self.folded, self._is_blocked, _role()),
        ]
        for first, last in _joined(spans, self.folded):
            start, end = first, self._end_before_office(first, last)
            start += self.folded[start] in _DOTS
            if end - start > _LEAST_CHARACTERS and self.folded[end - 1] == _BOTH:
                end -= 1
            standing = self._standing(start, end)
            if standing is not None:
                yield Person(start, end, self.text[start:end], standing, tuple(self._parts(start, end)))

    # --- where names may stand ----------------------------------------------------------------------------------------

    def _before_roles(self) -> Iterator[tuple[int, int]]:
        """Find what stands before a role, an honorific or an age."""
        last = 0
        for match in _role().finditer(self.folded):
            # An age behind an honorific is the same person's.
            is_new = match.start() > last or not _AGED.fullmatch(match[0])
            last = match.end()
            if is_new and (start := self._start_of_name(match.start(), match[0])) < match.start():
                yield start, match.start()

    def _start_of_name(self, end: int, role: str) -> int:
        """Go back word by word from a role to where the name before it begins; where it ends, if there is none."""
        start = end
        sure = False
        while start > 0 and end - start < _MOST_CHARACTERS:
            word = self._by_end.get(start)
            if word is None or not self._may_belong(word, end, role):
                break
            if sure and word.tag not in (*_NAMED, "place") and len(word.surface) > _ONE:
                break
            start = word.start
            sure = sure or word.tag in _NAMED or word.tag == "unknown"
            if word.tag in ("surname", "place") or "・" in word.surface:
                start = self._start_of_surname(word)
                break
        is_sure = role in words("surest_ja.txt")
        foreign = foreign_before(self.folded, end, is_sure=is_sure or _AGED.fullmatch(role) is not None)
        if foreign < end and (is_sure or not self._is_blocked(foreign, end)):
            if not self._is_kanji(foreign - 1) or "・" in self.folded[foreign:end]:
                return foreign
            start = min(start, foreign)
        if is_sure:
            start = min(start, self._start_of_run(start, end))
        elif may_be_name(self.folded[(first := self._start_of_run(end, end)) : end]):
            return first
        found = self.folded[start:end]
        if not sure and (not is_sure or len(found) < _LEAST_CHARACTERS) and not _is_foreign(found):
            return end
        return start

    def _start_of_run(self, start: int, end: int) -> int:
        """Go back to where the kanji before a sure role begin, without occupations, if they are no more than a name has.

        IPADIC takes names that it does not know apart in any way, so words are no guide.
        """
        behind = end
        while behind > start and not self._is_kanji(behind - 1):
            behind -= 1
        first = behind
        while self._is_kanji(first - 1) or (self.folded[first - 1] == "ノ" and self._is_kanji(first - 2)):
            first -= 1
        first = without_occupation(self.folded, first, behind)
        return first if behind - first <= _MOST_KANJI or may_be_name(self.folded[first:behind]) else end

    def _end_before_office(self, start: int, end: int) -> int:
        """Give back what belongs to the office behind a name: of 田所官房長官 only 田所 is a name."""
        return next((at for at in range(start + 1, end) if _public().match(self.folded, at)), end)

    def _start_of_surname(self, word: Word) -> int:
        """Take in a kanji before a surname that IPADIC knows only in part: 佐古田 is 佐 and 古田 to it."""
        before = self._by_end.get(word.start)
        if (
            before is not None
            and len(before.surface) == _ONE
            and (before.tag != "other" or not self._is_kanji(before.start - 1))
            and _KANJI.fullmatch(before.surface)
            and before.surface not in words("before_ja.txt")
        ):
            return before.start
        return word.start

    def _is_kanji(self, at: int) -> bool:
        return at >= 0 and _KANJI.match(self.folded, at) is not None

    def _may_belong(self, word: Word, end: int, role: str) -> bool:
        surface = word.surface
        if surface in words("before_ja.txt") and word.tag not in _NAMED:
            return False
        if self._is_blocked(word.start, word.end) and word.tag not in _NAMED:
            # A place is a surname, too, alone before a role (千葉被告) or before a given name (千葉太郎容疑者).
            is_given = end == word.end or (role in words("surest_ja.txt") and end - word.end <= _LONGEST_GIVEN_NAME)
            return word.tag == "place" and is_given and not _AGED.fullmatch(role)
        if _KANJI.fullmatch(surface):
            return True
        if _KATAKANA.fullmatch(surface) or surface in "・＝":
            return True
        called = role in ("さん", "ちゃん", "くん", "君", "容疑者", "被告") or _AGED.fullmatch(role)
        return bool(_HIRAGANA.fullmatch(surface)) and (
            word.tag in _NAMED or (bool(called) and word.end == end and len(surface) > _ONE and word.tag != "other")
        )

    def _tagged(self) -> Iterator[tuple[int, int]]:
        """Find what IPADIC takes for a surname or a given name, one of a single kanji only beside another."""
        for place, word in enumerate(self._words):
            if word.tag not in _NAMED or self._is_blocked(word.start, word.end) or self._is_inside_katakana(word):
                continue
            beside = [other for other in self._words[max(place - 1, 0) : place + 2] if other is not word]
            has_partner = any(
                other.tag in _NAMED and (other.end == word.start or other.start == word.end) for other in beside
            )
            if len(word.surface) >= _LEAST_CHARACTERS or has_partner:
                yield word.start, word.end

    def _is_inside_katakana(self, word: Word) -> bool:
        """Tell whether IPADIC has found a name inside a longer word in katakana: サー of サーファー."""
        if not _KATAKANA.fullmatch(word.surface):
            return False
        return any(
            match.start() <= word.start
            and word.end <= match.end()
            and word.surface not in re.split("[・＝=]", match[0])
            for match in _KATAKANA.finditer(self.folded)
        )

    def _is_somebody(self, span: tuple[int, int]) -> bool:
        """Tell whether what the name reader takes for a person is one: 観光船 before 社長 is a noun."""
        surface = self.folded[slice(*span)]
        role = _role().match(self.folded, span[1])
        if role is None or role[0] in words("surest_ja.txt") or not _KANJI.fullmatch(surface):
            return surface not in words("before_ja.txt")
        return any(span[0] <= word.start and word.end <= span[1] and word.tag in _NAMED for word in self._words)

    def _is_blocked(self, start: int, end: int) -> bool:
        return any(first < end and start < last for first, last in self._blocked)

    # --- what stands beside them --------------------------------------------------------------------------------------

    def _standing(self, start: int, end: int) -> Standing | None:
        """Say what stands beside a name; None if it is nobody's name."""
        surface = self.folded[start:end]
        if any(first <= start and end <= last for first, last in self._things) or self._is_place(start, end):
            return None
        if surface in words("before_ja.txt") or (end - start == _ONE and not _role().match(self.folded, end)):
            return None
        if _public().match(self.folded, end):
            return "office"
        if (role := _role().match(self.folded, end)) and (role[0] in _involving() or _AGED.fullmatch(role[0])):
            return "involved"
        if (
            role is None
            and head_pattern().match(self.folded, end)
            and not any(span == (start, end) for span in self._read)
        ):
            return None
        return "plain"

    def _is_place(self, start: int, end: int) -> bool:
        """Tell whether what IPADIC takes for a surname is rather a place by what stands beside it: 福岡・田川の住宅."""
        word = self._by_end.get(end)
        if word is None or word.start != start or word.tag == "given" or not _KANJI.fullmatch(word.surface):
            return False
        behind_place = self.folded[start - 1 : start] == "・" and any(last == start - 1 for _, last in self._blocked)
        return behind_place or is_scene(self.folded, end)

    def _parts(self, start: int, end: int) -> Iterator[str]:
        surface = self.folded[start:end]
        if len(surface) >= _LEAST_CHARACTERS:
            yield self.text[start:end]
        if _KATAKANA.fullmatch(surface):
            parts = [part for part in re.split("[・＝=]", surface) if len(part) >= _LEAST_KATAKANA]
            yield from (part for part in parts if part != surface)
            return
        for word in self._words:
            inside = start <= word.start and word.end <= end and (word.start, word.end) != (start, end)
            if inside and word.tag in _NAMED and len(word.surface) >= _LEAST_CHARACTERS:
                yield self.text[word.start : word.end]


def _joined(spans: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Bring together spans that overlap or touch, or that only a dot between katakana parts."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + _gap(text, joined[-1][1]):
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def _gap(text: str, at: int) -> int:
    """Give how many characters between two parts of one name may be no part's: a dot between katakana."""
    between = text[at : at + 1] in _DOTS
    return int(between and _KATAKANA.match(text, at - 1) is not None and _KATAKANA.match(text, at + 1) is not None)


def _is_foreign(surface: str) -> bool:
    return "・" in surface and _KATAKANA.fullmatch(surface) is not None


@cache
def _role() -> re.Pattern[str]:
    return re.compile(f"{any_of(words('roles_ja.txt') | read_word_list('japanese_titles.txt'))}|{AGE}")


@cache
def _involving() -> frozenset[str]:
    """Give what is said of people who are in the news against their will; 氏 is said of politicians, too."""
    return words("surest_ja.txt") - {"氏"}


@cache
def head_pattern() -> re.Pattern[str]:
    """Give what makes the name before it a company's, a school's, a place's or a thing's."""
    return re.compile(any_of(words("heads_ja.txt")))


@cache
def _ends() -> re.Pattern[str]:
    """Give what no longer belongs to the kanji of a name: a role, an office, a head."""
    return re.compile(f"{_role().pattern}|{head_pattern().pattern}|{_public().pattern}")


@cache
def _public() -> re.Pattern[str]:
    """Give what stands after the name of a public office's holder: the office, with or without its country."""
    countries = any_of(frozenset(form for form, term in japanese_terms().items() if term.kind == "country"))
    return re.compile(
        f"[元前現新次]?(?:{countries}|[米英仏独露伊中韓印比豪加])?(?:{any_of(words('public_ja.txt'))})(?!秘書)"
    )

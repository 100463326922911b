"""The names in Japanese headlines: what the tables know, kanji that stand for countries, and what IPADIC takes for names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from alignkit.text.lexicon.store import load_lexicon
from alignkit.text.names.folding import fold
from alignkit.text.names.forms import katakana_keys, latin_keys
from alignkit.text.names.japanese_countries import countries_at
from alignkit.text.names.japanese_text import JapaneseText, script_of
from alignkit.text.names.model import Name, NameKind, keyed
from alignkit.text.names.tables import continental_surnames, japanese_lengths, japanese_terms
from alignkit.text.romaji import romanise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignkit.text.names.japanese_words import Word
    from alignkit.text.names.tables import Term

_LATIN_WORD: Final = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ0-9]*(?:\.[A-Za-z]\b)*")
_KATAKANA_NAME: Final = re.compile("[ァ-ヺー]+(?:[・＝=][ァ-ヺー]+)*")
_KATAKANA_PART: Final = re.compile("[ァ-ヺー]+")
_LEAST_ACRONYM: Final = 2
_LEAST_KATAKANA: Final = 3
_LEAST_KANJI: Final = 2
_LEAST_PART: Final = 2
_SHORT_KATAKANA: Final = 2
_LONGEST_GIVEN_NAME: Final = 3
_PARTS_OF_A_FULL_NAME: Final = (2, 3)
_KANJI_NAME_TAGS: Final = frozenset({"surname", "given", "person", "country", "place", "organisation"})
_PERSON_TAGS: Final = frozenset({"surname", "given", "person"})
_BEFORE_A_PLAYER: Final = "・"


class _Draft(NamedTuple):
    """A name whose kanji are still to be read: those that readings are wanted of, with IPADIC's reading."""

    start: int
    end: int
    kind: NameKind
    keys: frozenset[str]
    to_read: tuple[tuple[str, str], ...] = ()


def read_japanese(texts: Sequence[str]) -> list[list[Name]]:
    """Read the names that Japanese texts name; see `alignkit.text.names.read_names`.

    The lexicon is asked once for all texts.
    """
    drafts = [list(_drafts(JapaneseText(fold(text)))) for text in texts]
    kanji = {surface for found in drafts for draft in found for surface, _ in draft.to_read}
    lexicon = load_lexicon() if kanji else None
    readings = lexicon.readings(kanji) if lexicon is not None else {}
    return [
        [name for draft in found if (name := _name(text, draft, readings)) is not None]
        for text, found in zip(texts, drafts, strict=True)
    ]


def _name(text: str, draft: _Draft, readings: dict[str, tuple[str, ...]]) -> Name | None:
    keys = set(draft.keys)
    for surface, reading in draft.to_read:
        keys |= keyed(
            "romaji", [romanise(reading), *readings.get(surface, ()), *continental_surnames().get(surface, ())]
        )
    if not keys:
        return None
    return Name(draft.start, draft.end, text[draft.start : draft.end], draft.kind, frozenset(keys))


def _drafts(text: JapaneseText) -> Iterator[_Draft]:
    """Go through a text from left to right, and take what begins at each place and is longest or surest."""
    at = 0
    before: _Draft | None = None
    while at < len(text.folded):
        found = _found(text, at) if text.is_edge(at) else []
        yield from (_sure(text, draft, before) for draft in found if draft.keys or draft.to_read)
        if found:
            before = found[-1]
        at = found[-1].end if found else at + 1


def _found(text: JapaneseText, at: int) -> list[_Draft]:
    """Give what begins at a place and is a name, or a word that is none but must not be read in part."""
    found = _term(text, at)
    if found:
        return found
    match script_of(text.folded[at]):
        case "katakana":
            return _countries(text, at) or _katakana(text, at)
        case "latin":
            return _latin(text, at)
        case _:
            return _countries(text, at) or _kanji(text, at)


def _sure(text: JapaneseText, draft: _Draft, before: _Draft | None) -> _Draft:
    """Take back that a name is a person's where more of it may stand before it, in kanji that were not understood."""
    if draft.kind != "person" or not text.is_kanji(draft.start - 1, draft.start):
        return draft
    if before is not None and before.end == draft.start and before.kind != "other":
        return draft
    return draft._replace(kind="other")


def _term(text: JapaneseText, at: int) -> list[_Draft]:
    """Find the longest form of the tables that begins here and ends where a word does."""
    folded = text.folded
    for length in japanese_lengths().get(folded[at], ()):
        end = at + length
        term = japanese_terms().get(folded[at:end])
        if term is not None and text.is_edge(end) and _counts(text, at, end, term):
            if term.kind == "place" and text.is_titled(end, offices=False):
                return [_Draft(at, end, "person", frozenset(), ((folded[at:end], text.reading(at, end)),))]
            return [_Draft(at, end, term.kind, term.keys)]
    return []


def _counts(text: JapaneseText, at: int, end: int, term: Term) -> bool:
    """Tell whether a form is what the table says: two katakana may be a word (タイ記録), a country only if IPADIC says so."""
    if term.kind != "country" or end - at > _SHORT_KATAKANA or not _KATAKANA_PART.fullmatch(text.folded, at, end):
        return True
    word = text.word_at(at)
    return word is not None and word.end == end and word.tag in ("country", "place")


def _countries(text: JapaneseText, at: int) -> list[_Draft]:
    """Read kanji that stand for countries, a name of each."""
    codes, end = countries_at(text, at)
    return [_Draft(at, end, "country", frozenset({f"country:{code}"})) for code in codes]


def _katakana(text: JapaneseText, at: int) -> list[_Draft]:
    """Take katakana for a name if IPADIC does not know them for a common word, or if a title follows."""
    match = _KATAKANA_NAME.match(text.folded, at)
    if match is None:
        return []
    end = match.end()
    parts = [part.span() for part in _KATAKANA_PART.finditer(text.folded, at, end)]
    titled = text.is_titled(end)
    common = [text.is_common(*part) for part in parts]
    if not titled and (all(common) or end - at < _LEAST_KATAKANA):
        return [_Draft(at, end, "other", frozenset())]
    words = [text.folded[start:end] for start, end in parts if end - start >= _LEAST_PART]
    full_name = len(parts) in _PARTS_OF_A_FULL_NAME and not any(common) and japanese_terms().keys().isdisjoint(words)
    keys = frozenset[str]().union(*map(katakana_keys, words))
    return [_Draft(at, end, "person" if titled or full_name else "other", keys)]


def _latin(text: JapaneseText, at: int) -> list[_Draft]:
    match = _LATIN_WORD.match(text.folded, at)
    if match is None:
        return []
    word = match[0]
    if word.isupper() and len(word) >= _LEAST_ACRONYM:
        keys = frozenset(keyed("acronym", [word.replace(".", "").lower()]))
    else:
        keys = latin_keys(word) if len(word) >= _LEAST_KATAKANA else frozenset()
    return [_Draft(at, match.end(), "other", keys)]


def _kanji(text: JapaneseText, at: int) -> list[_Draft]:
    """Take what IPADIC takes for a name, a surname with the given name after it, or a word before 氏 and the like."""
    word = text.word_at(at)
    if word is None:
        return []
    if word.tag not in _KANJI_NAME_TAGS:
        return _unknown_before_title(text, word)
    titled = text.is_titled(word.end)
    if word.tag == "surname" and (end := _end_of_given_name(text, word.end)):
        return [_Draft(at, end, "person", frozenset(), ((word.surface, word.reading),))]
    if len(word.surface) < _LEAST_KANJI and not titled:
        return []
    return [_Draft(at, word.end, _kind(text, word, titled=titled), frozenset(), ((word.surface, word.reading),))]


def _kind(text: JapaneseText, word: Word, *, titled: bool) -> NameKind:
    if text.is_titled(word.end, offices=False):
        return "person"
    if word.tag in _PERSON_TAGS:
        if text.is_division(word.end):
            return "place"
        played = word.tag == "surname" and word.start > 0 and text.folded[word.start - 1] == _BEFORE_A_PLAYER
        return "person" if titled or played else "other"
    return "organisation" if word.tag == "organisation" else "place"


def _end_of_given_name(text: JapaneseText, at: int) -> int:
    """Find where the given name after a surname ends: IPADIC knows it, or it is short and a title follows; 0 for none."""
    word = text.word_at(at)
    if word is not None and word.tag == "given":
        return word.end
    for end in range(at + 1, min(at + _LONGEST_GIVEN_NAME, len(text.folded)) + 1):
        if text.is_kanji(at, end) and text.is_edge(end) and text.is_titled(end, offices=False):
            return end
    return 0


def _unknown_before_title(text: JapaneseText, word: Word) -> list[_Draft]:
    """Take kanji before 氏 and the like for a name that IPADIC does not know; the lexicon may."""
    end, words = word.end, 1
    if word.tag not in ("noun", "unknown") or not text.is_kanji(word.start, word.end):
        return []
    while not text.is_titled(end, offices=False):
        following = text.word_at(end)
        words += 1
        if following is None or words > _LEAST_ACRONYM or not text.is_kanji(following.start, following.end):
            return []
        end = following.end
    surface = text.folded[word.start : end]
    return [_Draft(word.start, end, "person", frozenset(), ((surface, ""),))]

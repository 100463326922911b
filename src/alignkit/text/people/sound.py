"""Where a person who is named in one language is named in a headline of the other: by the sound of the name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from alignkit.text.heard import Listener, Sound, sound_of
from alignkit.text.lexicon.store import load_lexicon
from alignkit.text.names.folding import fold
from alignkit.text.names.forms import is_romaji
from alignkit.text.names.japanese_words import split_words
from alignkit.text.names.katakana import SAME_NAME, transliteration_distance
from alignkit.text.romaji import fold_romaji

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from alignkit.text.names.japanese_words import Word

Span = tuple[int, int]

_REMEMBERED: Final = 1 << 14
_KATAKANA: Final = re.compile("[ァ-ヺー]{2,}")
_KANJI: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff々ヶケの]+")
_ENGLISH: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LEAST_LETTERS: Final = 4
_LEAST_KATAKANA: Final = 3
_MOST_WORDS: Final = 2
_MOST_KANJI: Final = 5
_LINK: Final = "の"
_MOST_TIMES_LONGER: Final = 1.5


def heard_in_japanese(names: Collection[str], text: str, skipped: Sequence[Span] = ()) -> list[Span]:
    """Find where words of English names can be heard in a Japanese headline.

    Args:
        names: Words of English names.
        text: The headline.
        skipped: Where nothing is looked for.

    Returns:
        Spans of the text; words that IPADIC knows for places or common nouns are not left out, as names may be such.
    """
    heard: list[Span] = []
    for (start, end), written in _candidates(text) if names else ():
        # What holds a name that was heard already would only take in a word beside it.
        is_new = all(end <= first or last <= start for first, last in (*heard, *skipped))
        if is_new and any(_is_no_longer(name, written) and same_name(name, written) for name in names):
            heard.append((start, end))
    return heard


def heard_in_english(names: Collection[str], text: str, skipped: Sequence[Span] = ()) -> list[Span]:
    """Find the words of an English headline with a capital that can be heard in Japanese names.

    Args:
        names: Japanese names, or parts of them.
        text: The headline.
        skipped: Where nothing is looked for.
    """
    parts = {part for name in names for part in (name, *_KATAKANA.findall(fold(name)))}
    return [
        match.span()
        for match in (_ENGLISH.finditer(text) if parts else ())
        if match[0][0].isupper()
        and all(match.end() <= start or end <= match.start() for start, end in skipped)
        and any(same_name(match[0], part) for part in parts)
    ]


@lru_cache(maxsize=_REMEMBERED)
def same_name(en: str, ja: str) -> bool:
    """Tell whether an English word and a Japanese one are one name by their sound.

    Katakana are compared as a whole; of kanji a part may be the name, as the surname is of a full name.

    Args:
        en: One word in Latin letters.
        ja: One word in katakana or kanji, or a name of several.
    """
    folded = fold(ja)
    if _KATAKANA.fullmatch(folded):
        return len(folded) >= _LEAST_KATAKANA and transliteration_distance(en.casefold(), folded) <= SAME_NAME
    if not is_romaji(en) or len(fold_romaji(en)) < _LEAST_LETTERS:
        return False
    listener, sound = _listener(folded)
    return listener.count_heard([fold_romaji(en)], sound) > 0


@lru_cache(maxsize=_REMEMBERED)
def _listener(ja: str) -> tuple[Listener, Sound]:
    sound = sound_of(ja)
    return Listener([sound], load_lexicon()), sound if _KANJI.fullmatch(ja) else Sound(sound.letters, ())


def _is_no_longer(name: str, written: str) -> bool:
    """Tell whether a Japanese word is not read much longer than a name, so that it is the name and not only holds it."""
    return _KATAKANA.fullmatch(written) is not None or len(sound_of(written).letters) <= _MOST_TIMES_LONGER * len(name)


def _candidates(text: str) -> Iterator[tuple[Span, str]]:
    """Give what a name may be written as: words in katakana, words in kanji, and two of these next to each other."""
    folded = fold(text)
    yield from ((match.span(), match[0]) for match in _KATAKANA.finditer(folded))
    found = split_words(folded)
    for count in range(1, _MOST_WORDS + 1):
        for first in range(len(found) - count + 1):
            span = _span(found[first : first + count])
            written = folded[slice(*span)]
            is_short = len(written) <= _MOST_KANJI and _LINK not in (written[0], written[-1])
            if is_short and _KANJI.fullmatch(written):
                yield span, written


def _span(found: Sequence[Word]) -> Span:
    return found[0].start, found[-1].end

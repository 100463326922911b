"""The names of a text word by word: in 'Ada Whitlock' and ボブ・ウィットロック one word is the same and one is not."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from alignkit.text.heard import Listener, Sound, sound_of
from alignkit.text.lexicon.store import load_lexicon
from alignkit.text.names.forms import is_romaji
from alignkit.text.names.katakana import SAME_NAME, transliteration_distance
from alignkit.text.romaji import fold_romaji
from alignkit.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from alignkit.schema import Language
    from alignkit.text.names import Name, NameKind

_REMEMBERED: Final = 1 << 17
_ENGLISH_PART: Final = re.compile(r"(?:[A-Z]\.){2,}|[A-ZÀ-Þ][^\W\d_]+")
_ENGLISH_WORD: Final = re.compile(r"[A-ZÀ-Þ][^\W\d_]{1,}|[^\W\d_]{5,}")
_OF_A_TABLE: Final = ("country:", "place:", "org:")
_JAPANESE_PART: Final = re.compile("[^\\s・=＝·]+")
_KATAKANA: Final = re.compile("[\u30a1-\u30fa\u30fc]{2,}")
_LEAST: Final = 2
_LEAST_HEARD: Final = 4
_LEAST_TO_RESEMBLE: Final = 4
_ALIKE: Final = 0.75
# A prime minister is 'the premier' just as well, and no name was changed.
_NO_NAMES: Final = frozenset({"office"})


@dataclass(frozen=True, slots=True)
class NameWord:
    """One word of a name, where it stands.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        text: It, as written.
        kind: What the name is of.
        keys: What the tables call the country, place or organisation that the name is of.
    """

    start: int
    end: int
    text: str
    kind: NameKind
    keys: frozenset[str] = frozenset()


def name_words(text: str, names: Sequence[Name], lang: Language) -> tuple[NameWord, ...]:
    """Give the words of a text's names, and in Japanese those that MeCab takes for names.

    Args:
        text: The text.
        names: Its names, as `alignkit.text.names.read_names` gives them.
        lang: Its language.
    """
    pattern = _ENGLISH_PART if lang == "en" else _JAPANESE_PART
    found: dict[tuple[int, int], NameWord] = {}
    for name in names:
        if name.kind in _NO_NAMES:
            continue
        keys = frozenset(key for key in name.keys if key.startswith(_OF_A_TABLE))
        for match in pattern.finditer(name.text):
            if len(match[0]) < _LEAST and not keys:
                continue
            span = (name.start + match.start(), name.start + match.end())
            found.setdefault(span, NameWord(*span, match[0], name.kind, keys))
    if lang == "ja":
        taken = {place for span in found for place in range(*span)}
        for token in tokenise([text], "ja")[0]:
            if (
                token.kind == "name"
                and token.end - token.start >= _LEAST
                and taken.isdisjoint(range(token.start, token.end))
            ):
                found[token.start, token.end] = NameWord(token.start, token.end, text[token.start : token.end], "other")
    return tuple(found.values())


def is_written(word: NameWord, text: str, words: Collection[NameWord]) -> bool:
    """Tell whether a name's word stands in a text of the same language, or one much like it, or one with its meaning.

    Args:
        word: The word.
        text: The other text.
        words: The words of the other text's names.
    """
    plain = _plain(word.text)
    return plain in _plain(text) or any(
        word.keys & other.keys or _resemble(plain, _plain(other.text)) for other in words
    )


def is_said(word: NameWord, lang: Language, text: str, words: Collection[NameWord]) -> bool:
    """Tell whether a name's word is said by a text of the other language.

    Args:
        word: The word.
        lang: Its language.
        text: The other text.
        words: The words of the other text's names.
    """
    if any(word.keys & other.keys for other in words):
        return True
    if lang == "en":
        return any(same_name(word.text, other.text) for other in words) or _is_heard(word.text, text)
    return any(same_name(other, word.text) for other in _english_words(text))


@lru_cache(maxsize=_REMEMBERED)
def same_name(en: str, ja: str) -> bool:
    """Tell whether an English and a Japanese word can be one name, by their sound or because they are written alike."""
    if _plain(en) in _plain(ja):
        return True
    if any(transliteration_distance(en.casefold(), part) <= SAME_NAME for part in _KATAKANA.findall(ja)):
        return True
    return is_romaji(en) and len(en) >= _LEAST_HEARD and _listen(fold_romaji(en), sound_of(ja))


@lru_cache(maxsize=_REMEMBERED)
def _is_heard(en: str, ja: str) -> bool:
    """Tell whether an English word is heard anywhere in a Japanese text."""
    if _plain(en) in _plain(ja):
        return True
    if len(en) < _LEAST_HEARD:
        return False
    if any(transliteration_distance(en.casefold(), part) <= SAME_NAME for part in _KATAKANA.findall(ja)):
        return True
    return is_romaji(en) and _listen(fold_romaji(en), sound_of(ja))


def _listen(name: str, sound: Sound) -> bool:
    return Listener([sound], load_lexicon()).count_heard([name], sound) > 0


@lru_cache(maxsize=_REMEMBERED)
def _english_words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_ENGLISH_WORD.findall(text)))


@lru_cache(maxsize=_REMEMBERED)
def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=_REMEMBERED)
def _resemble(one: str, other: str) -> bool:
    """Tell whether two words may be spellings of one name: 'Ohtani' and 'Otani'."""
    if min(len(one), len(other)) < _LEAST_TO_RESEMBLE:
        return False
    matcher = SequenceMatcher(None, one, other)
    # The quick ratios are never below the ratio.
    return all(ratio() >= _ALIKE for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio))

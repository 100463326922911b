"""Japanese names in English headlines that can be heard in a Japanese headline, whether or not a dictionary knows them.

A name is heard if what a Japanese headline is read like holds it: the readings that MeCab gives, one word after another;
words in Latin letters; or kanji read one by one, in any of the ways in which KANJIDIC2 says that they are read (also in
names), an initial voiced or a last syllable shortened as it is inside a word: 学 and 校 are gaku and kō, and together gakkō.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from alignkit.text.names.forms import is_romaji
from alignkit.text.romaji import fold_romaji, romanise
from alignkit.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from alignkit.text.lexicon.store import Lexicon
    from alignkit.text.tokens import Token

_TEXTS_REMEMBERED: Final = 1 << 15
_LEAST_LETTERS: Final = 4
_CAPITALISED: Final = re.compile("[A-ZĀĪŪĒŌÂÎÛÊÔ][a-zāīūēōâîûêô]{2,}")
_LATIN: Final = re.compile("[A-Za-z]{3,}")
_KANA: Final = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc]")
_KANJI: Final = "\u4e00-\u9faf"
_KANJI_RUN: Final = re.compile(f"[{_KANJI}々ヶケの]*[{_KANJI}][{_KANJI}々ヶケの]*")
_BREAK: Final = "|"

_REPEATED: Final = "々"
_WRITTEN_LINKS: Final = {"ヶ": ("ga", "ke"), "ケ": ("ga", "ke"), "の": ("no",)}
_UNWRITTEN_LINKS: Final = ("no", "ga")
"""What is read between two kanji though it is not written: 井上 is I-no-ue."""

_VOICED: Final = (
    ("k", "g"),
    ("s", "z"),
    ("sh", "j"),
    ("t", "d"),
    ("ch", "j"),
    ("ts", "z"),
    ("h", "b"),
    ("h", "p"),
    ("f", "b"),
    ("f", "p"),
)
_SHORTENED: Final = ("tsu", "chi", "ku", "ki")
_DOUBLED: Final = re.compile(r"([^aeiou])\1")


class Sound(NamedTuple):
    """What a Japanese text is read like.

    Attributes:
        letters: Its readings in Latin letters, as `alignkit.text.romaji.fold_romaji` writes them, with breaks where a
            reading is not known.
        kanji: Its runs of kanji, with what is written between kanji of names.
    """

    letters: str
    kanji: tuple[str, ...]


class _Syllables(NamedTuple):
    """One way to read a kanji: its letters, and whether they are followed by a doubled consonant."""

    letters: str
    doubles: bool


_Spoken = dict[str, tuple[_Syllables, ...]]
"""The ways to read a kanji, by their first letter."""


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def romaji_names(text: str) -> tuple[str, ...]:
    """Give the words of an English text that may be Japanese names, each once, as `fold_romaji` writes them.

    These are capitalised words made of Japanese syllables, of four letters or more.
    """
    words = [match[0] for match in _CAPITALISED.finditer(text) if is_romaji(match[0])]
    return tuple(dict.fromkeys(folded for word in words if len(folded := fold_romaji(word)) >= _LEAST_LETTERS))


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def sound_of(text: str) -> Sound:
    """Give what a Japanese text, published or normalised, is read like."""
    latin = [fold_romaji(word) for word in _LATIN.findall(unicodedata.normalize("NFKC", text))]
    read = "".join(_letters(text, token) for token in tokenise([text], "ja")[0])
    return Sound(_BREAK.join([read, *latin]), tuple(_KANJI_RUN.findall(text)))


def _letters(text: str, token: Token) -> str:
    written = text[token.start : token.end]
    return romanise(token.reading or (written if _KANA.search(written) else "")) or _BREAK


class Listener:
    """Tells which names are heard in Japanese texts.

    Args:
        sounds: The texts that will be listened to.
        lexicon: Where the readings of kanji are looked up; None to go by the texts' readings alone.
    """

    def __init__(self, sounds: Iterable[Sound], lexicon: Lexicon | None) -> None:
        characters = {character for sound in sounds for run in sound.kanji for character in run}
        readings = lexicon.kanji_readings(characters) if lexicon else {}
        self._spoken = {character: _spoken(found) for character, found in readings.items()}
        self._spoken |= {link: _spoken(letters) for link, letters in _WRITTEN_LINKS.items()}
        self._known: dict[tuple[str, str], bool] = {}

    def count_heard(self, names: Sequence[str], sound: Sound) -> int:
        """Count the names, as `romaji_names` gives them, that are heard in a text."""
        return sum(name in sound.letters or any(self._is_read(name, run) for run in sound.kanji) for name in names)

    def _is_read(self, name: str, run: str) -> bool:
        key = (name, run)
        if key not in self._known:
            self._known[key] = _can_be_read(name, run, self._spoken)
        return self._known[key]


def _can_be_read(name: str, run: str, spoken: Mapping[str, _Spoken]) -> bool:
    """Tell whether a part of a run of kanji can be read as a name.

    Kanji by kanji, it keeps how many of the name's letters may have been read so far.
    """
    reached: set[int] = set()
    before: _Spoken = {}
    for character in run:
        ways = before if character == _REPEATED else spoken.get(character, {})
        reached = {
            end
            for start in (0, *reached)
            for way in ways.get(name[start], ())
            if (end := _end_of(way, name, start)) > start
        }
        if len(name) in reached:
            return True
        reached |= {
            start + len(link) for start in reached for link in _UNWRITTEN_LINKS if name.startswith(link, start)
        } - {len(name)}
        before = ways
    return False


def _end_of(way: _Syllables, name: str, start: int) -> int:
    """Give up to where a reading reads a name from a place on; the place itself where it does not."""
    end = start + len(way.letters)
    if not name.startswith(way.letters, start):
        return start
    if way.doubles:
        return end + 1 if _DOUBLED.match(name, end) else start
    return end


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def _spoken(readings: tuple[str, ...]) -> _Spoken:
    """Give the ways to read a kanji inside a word, from its readings by themselves."""
    ways = {way for reading in readings for way in _inside_a_word(reading)}
    by_initial: dict[str, list[_Syllables]] = {}
    for way in sorted(ways):
        by_initial.setdefault(way.letters[0], []).append(way)
    return {initial: tuple(found) for initial, found in by_initial.items()}


def _inside_a_word(reading: str) -> Iterator[_Syllables]:
    """Give a reading as it is, with its initial voiced, and with its last syllable shortened."""
    yield _Syllables(reading, doubles=False)
    for plain, voiced in _VOICED:
        if reading.startswith(plain):
            yield _Syllables(voiced + reading.removeprefix(plain), doubles=False)
    for last in _SHORTENED:
        if reading.endswith(last) and reading != last:
            yield _Syllables(reading.removesuffix(last), doubles=True)

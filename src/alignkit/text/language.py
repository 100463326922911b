"""Which language a headline is in: English, Japanese, another, or both of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

from alignkit.text.data import read_words

if TYPE_CHECKING:
    from collections.abc import Iterable

DetectedLanguage = Literal["en", "ja", "other", "mixed"]

_REMEMBERED: Final = 1 << 16
_KANA: Final = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff6f\uff71-\uff9d]")
_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_HANGUL: Final = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_LATIN_WORD: Final = re.compile("[A-Za-z\u00c0-\u024f\uff21-\uff3a\uff41-\uff5a]+(?:['’][A-Za-z]+)?")
_BEYOND_ENGLISH: Final = re.compile("[\u00c0-\u024f]")
_ANY_LETTER: Final = re.compile(r"[^\W\d_]")

_LEAST_CHINESE_CHARACTERS: Final = 2
_RUNNING_TEXT_WORDS: Final = 4
_RUNNING_TEXT_FUNCTION_WORDS: Final = 2
# A Japanese character says as much as a few letters.
_LEAST_LATIN_FOR_EACH_JAPANESE: Final = 3
_MOST_LATIN_FOR_EACH_JAPANESE: Final = 12
_LEAST_PROBABILITY: Final = 0.9
_LEAST_WORDS_TO_ASK: Final = 3
_SEED: Final = 0


def detect_languages(texts: Iterable[str]) -> list[DetectedLanguage]:
    """Tell the language of texts.

    The script decides where it can: kana are Japanese, hangul is not ours, ideographs alone are Japanese unless some are
    simplified or otherwise Chinese only. Latin letters are English where English function words stand among them and no
    foreign ones do; `langdetect` (Nakatani, 2010), seeded, is asked only about what is left.

    Args:
        texts: Headlines, published or normalised.

    Returns:
        'en', 'ja', 'mixed' for running text in both, or 'other' for any other language and for what has no letter.
    """
    return [_detect(text) for text in texts]


@lru_cache(maxsize=_REMEMBERED)
def _detect(text: str) -> DetectedLanguage:
    kana, han, hangul = (len(script.findall(text)) for script in (_KANA, _HAN, _HANGUL))
    words = _LATIN_WORD.findall(text)
    latin = sum(map(len, words))
    japanese = kana + han
    if hangul > kana or (not japanese and not latin):
        return "other"
    if not japanese:
        return _of_latin(text, words, latin)
    if latin > _LEAST_LATIN_FOR_EACH_JAPANESE * japanese and _is_running_english(words):
        return "en" if latin > _MOST_LATIN_FOR_EACH_JAPANESE * japanese else "mixed"
    if not kana and _is_chinese(text):
        return "other"
    return "ja"


def _of_latin(text: str, words: list[str], latin: int) -> DetectedLanguage:
    letters = len(_ANY_LETTER.findall(text))
    if letters - latin > latin:
        return "other"
    evidence = _Evidence.of(words)
    # English spells foreign names as they are spelt at home; words with such letters are not names.
    foreign = evidence.foreign + any(_BEYOND_ENGLISH.search(word) and word[0].islower() for word in words)
    if evidence.english and not foreign:
        return "en"
    if not evidence.english and len(words) < _LEAST_WORDS_TO_ASK and not foreign:
        return "en"
    ranked = _probabilities(text.lower() if text.isupper() else text)
    if foreign > evidence.english:
        return "en" if ranked.get("en", 0.0) >= _LEAST_PROBABILITY else "other"
    return "other" if foreign and ranked.get("en", 0.0) < 1 - _LEAST_PROBABILITY else "en"


@dataclass(frozen=True)
class _Evidence:
    """How many function words of English, and of other languages, stand in a text."""

    english: int
    foreign: int

    @classmethod
    def of(cls, words: list[str]) -> _Evidence:
        lowered = [word.lower() for word in words]
        english = sum(word in _english_words() for word in lowered)
        # A foreign particle in capitals is part of a name: "Los Angeles", "De Klerk".
        foreign = sum(word in _foreign_words() for word in words)
        return cls(english, foreign)


def _is_running_english(words: list[str]) -> bool:
    return (
        len(words) >= _RUNNING_TEXT_WORDS
        and sum(word.lower() in _english_words() for word in words) >= _RUNNING_TEXT_FUNCTION_WORDS
    )


def _is_chinese(text: str) -> bool:
    """Tell whether ideographs are Chinese: not in Japan's encodings, or of the forms that Japan no longer writes."""
    characters = _HAN.findall(text)
    if any(not _is_in(character, "cp932") for character in characters if _is_in(character, "gb18030")):
        return True
    return sum(character in _chinese_characters() for character in characters) >= _LEAST_CHINESE_CHARACTERS


@lru_cache(maxsize=_REMEMBERED)
def _is_in(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _english_words() -> frozenset[str]:
    return frozenset(word for word in read_words("english_function_words.txt") if word.isalpha() and len(word) > 1)


@cache
def _foreign_words() -> frozenset[str]:
    return frozenset(read_words("foreign_function_words.txt"))


@cache
def _chinese_characters() -> frozenset[str]:
    return frozenset("".join(read_words("chinese_characters.txt")))


def _probabilities(text: str) -> dict[str, float]:
    from langdetect.lang_detect_exception import LangDetectException  # noqa: PLC0415

    detector = _factory().create()
    detector.append(text)
    try:
        return {found.lang: found.prob for found in detector.get_probabilities()}
    except LangDetectException:
        return {}


@cache
def _factory() -> Any:  # noqa: ANN401 - langdetect is not typed
    """Make a detector factory of our own: the one that langdetect shares is not seeded, and seeding it is others' business."""
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory  # noqa: PLC0415 - a second to load

    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    factory.set_seed(_SEED)
    return factory

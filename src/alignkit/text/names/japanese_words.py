"""What MeCab and its dictionary IPADIC know of the words of a Japanese headline as names.

`alignkit.text.tokens` says whether a word is a name; here it is also said of what, which IPADIC tells by a word's place in
the sentence.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, Final, Literal, NamedTuple

WordTag = Literal["surname", "given", "person", "country", "place", "organisation", "title", "noun", "unknown", "other"]

# IPADIC's part of speech and its subclasses, the longest description that is here counts.
_TAGS: Final[dict[tuple[str, ...], WordTag]] = {
    ("名詞",): "noun",
    ("名詞", "副詞可能"): "other",
    ("名詞", "固有名詞"): "organisation",
    ("名詞", "固有名詞", "人名"): "person",
    ("名詞", "固有名詞", "人名", "名"): "given",
    ("名詞", "固有名詞", "人名", "姓"): "surname",
    ("名詞", "固有名詞", "地域"): "place",
    ("名詞", "固有名詞", "地域", "国"): "country",
    ("名詞", "接尾"): "other",
    ("名詞", "接尾", "人名"): "title",
    ("名詞", "数"): "other",
    ("名詞", "非自立"): "other",
}
_REMEMBERED: Final = 1 << 16
_SUBCLASSES: Final = 4
_READING: Final = 7
# MeCab ends a sentence at a line end and a text at a NUL, and takes no lone surrogate; for us they are white space.
_NOT_FOR_MECAB: Final = re.compile(r"[\s\0\ud800-\udfff]")


class Word(NamedTuple):
    """A word where it stands, what it is, and how it is read (in katakana; empty where that is not known)."""

    start: int
    end: int
    surface: str
    tag: WordTag
    reading: str


def split_words(text: str) -> list[Word]:
    """Split a text into words; white space belongs to none."""
    words = []
    at = 0
    text = _NOT_FOR_MECAB.sub(" ", text)
    for line in _tagger().parse(text).split("\n"):
        surface, _, description = line.partition("\t")
        if not (surface and description):
            continue
        start = text.index(surface, at)
        at = start + len(surface)
        words.append(Word(start, at, surface, *_tag_and_reading(description)))
    return words


@lru_cache(maxsize=_REMEMBERED)
def _tag_and_reading(description: str) -> tuple[WordTag, str]:
    """Read IPADIC's description: part of speech and its subclasses, …, lemma, reading, pronunciation."""
    features = description.split(",")
    reading = features[_READING] if len(features) > _READING else ""
    if not reading and features[0] == "名詞":
        return "unknown", ""
    for length in range(_SUBCLASSES, 0, -1):
        tag = _TAGS.get(tuple(features[:length]))
        if tag is not None:
            return tag, reading
    return "other", reading


@cache
def _tagger() -> Any:  # noqa: ANN401 - MeCab's classes are not typed
    import ipadic  # noqa: PLC0415 - a tenth of a second and 50 MB, only where Japanese is read
    import MeCab  # noqa: PLC0415

    return MeCab.Tagger(ipadic.MECAB_ARGS)

"""The words of a headline, in both languages: what they are, where they stand, and the form that they are compared by."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from alignkit.text.characters import without_marks
from alignkit.text.data import read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from alignkit.schema import Language

TokenKind = Literal["name", "noun", "verb", "adjective", "adverb", "number", "affix", "function", "symbol"]
TOKEN_KINDS: Final[tuple[TokenKind, ...]] = get_args(TokenKind)

CONTENT_KINDS: Final[frozenset[TokenKind]] = frozenset(TOKEN_KINDS) - {"function", "symbol"}
"""The kinds of tokens that carry what a headline says."""

_TEXTS_REMEMBERED: Final = 1 << 16
_WORDS_REMEMBERED: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text.

    Attributes:
        start: Where it begins in the text, in characters.
        end: Where it ends; the text between is the word as written.
        lemma: The form it is compared by: a Japanese word's dictionary form, an English word's stem in lower case.
        kind: What it is; 'affix' is a Japanese prefix, suffix or counter.
        reading: A Japanese word's reading in katakana; empty where it is not known, and for English.
    """

    start: int
    end: int
    lemma: str
    kind: TokenKind
    reading: str = ""

    @property
    def is_content(self) -> bool:
        """Whether it carries what the headline says."""
        return self.kind in CONTENT_KINDS


def tokenise(texts: Sequence[str], lang: Language) -> list[tuple[Token, ...]]:
    """Split texts into words.

    Japanese is analysed by MeCab with the IPADIC dictionary. English is split at spaces, hyphens and punctuation and
    stemmed by Snowball's English stemmer (Porter, 2001). Texts that were split lately are remembered, and every process
    makes its own analyser, so that this can be called from any of them.

    Args:
        texts: n texts; published or normalised.
        lang: Their language.

    Returns:
        The tokens of each text, in their order; white space belongs to none.
    """
    split = _tokenise_japanese if lang == "ja" else _tokenise_english
    return [split(text) for text in texts]


# --- Japanese ---------------------------------------------------------------------------------------------------------

_KIND_OF: Final[dict[str, TokenKind]] = {
    "動詞": "verb",
    "形容詞": "adjective",
    "副詞": "adverb",
    "連体詞": "function",
    "接頭詞": "affix",
    "記号": "symbol",
    "フィラー": "function",
    "感動詞": "adverb",
}
_NOUN_KIND_OF: Final[dict[str, TokenKind]] = {
    "固有名詞": "name",
    "数": "number",
    "接尾": "affix",
    "非自立": "function",
    "代名詞": "function",
    "特殊": "function",
}
_UNKNOWN: Final = "*"
_KATAKANA: Final = re.compile("[\u30a1-\u30fa\u30fc]+")
# MeCab ends a sentence at a line end and a text at a NUL, and takes no lone surrogate; for us they are white space.
_NOT_FOR_MECAB: Final = re.compile(r"[\s\0\ud800-\udfff]")
_WORD_CHARACTER: Final = re.compile(r"\w")


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def _tokenise_japanese(text: str) -> tuple[Token, ...]:
    return tuple(_japanese_tokens(text))


def _japanese_tokens(text: str) -> Iterator[Token]:
    at = 0
    text = _NOT_FOR_MECAB.sub(" ", text)
    for line in _tagger().parse(text).split("\n"):
        surface, _, features = line.partition("\t")
        if not (surface and features):
            continue
        start = text.index(surface, at)
        at = start + len(surface)
        yield _japanese_token(surface, start, features.split(","))


def _japanese_token(surface: str, start: int, features: list[str]) -> Token:
    """Make a token of a line of MeCab's: part of speech and its subclasses, …, lemma, reading, pronunciation."""
    known = len(features) > 7  # noqa: PLR2004 - an unknown word has no lemma, reading and pronunciation
    part, subclass = features[0], features[1]
    kind = _NOUN_KIND_OF.get(subclass, "noun") if part == "名詞" else _KIND_OF.get(part, "function")
    if kind == "verb" and subclass != "自立":
        kind = "function"
    lemma = features[6] if features[6] != _UNKNOWN else surface
    if kind == "symbol" and _WORD_CHARACTER.search(surface):
        kind = "noun"
    reading = features[7] if known else surface if _KATAKANA.fullmatch(surface) else ""
    return Token(start, start + len(surface), unicodedata.normalize("NFKC", lemma).lower(), kind, reading)


@cache
def _tagger() -> Any:  # noqa: ANN401 - MeCab's classes are not typed
    import ipadic  # noqa: PLC0415 - a tenth of a second and 50 MB, only where Japanese is read
    import MeCab  # noqa: PLC0415

    return MeCab.Tagger(ipadic.MECAB_ARGS)


# --- English ----------------------------------------------------------------------------------------------------------

_ENGLISH_WORD: Final = re.compile(
    r"""
    (?:[A-Za-z]\.){2,}                        # U.S., U.N.
    | \d+(?:[.,:]\d+)*                        # 1,200  3.5  7:30
    | [^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*      # words; a possessive 's stands alone
    | ['’]s\b
    | [^\w\s]
    | \S
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def _tokenise_english(text: str) -> tuple[Token, ...]:
    return tuple(Token(match.start(), match.end(), *_english_word(match[0])) for match in _ENGLISH_WORD.finditer(text))


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _english_word(word: str) -> tuple[str, TokenKind]:
    """Give a word's stem and kind; a capital letter makes a name, though the first word of a headline has one anyhow."""
    lowered = word.lower()
    if word[0].isdigit():
        return lowered.replace(",", ""), "number"
    # "US" and "IT" are names; "us" and "it" are not.
    if lowered.replace("’", "'") in _function_words() and not (word.isupper() and len(word) > 1):
        return lowered, "function"
    if not word[0].isalpha():
        return word, "symbol"
    if word.isupper() and len(word) > 1:
        return lowered.replace(".", ""), "name"
    return str(_stem()(without_marks(lowered))), "name" if word[0].isupper() else "noun"


@cache
def _stem() -> Callable[[str], str]:
    import snowballstemmer  # noqa: PLC0415 - only where English is read

    stem: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord
    return stem


@cache
def _function_words() -> frozenset[str]:
    return frozenset(read_words("english_function_words.txt"))

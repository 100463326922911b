"""Which words that neither the source nor a reference has are surely names, and not only other words or poor spellings."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from alignkit.text.lexicon.store import load_lexicon
from alignkit.text.names.forms import is_romaji
from alignkit.text.names.katakana import SAME_NAME, transliteration_distance
from alignkit.text.names.tables import read_word_list
from alignkit.text.tokens import tokenise

if TYPE_CHECKING:
    from alignkit.evaluate.fidelity.name_words import NameWord
    from alignkit.evaluate.fidelity.reading import Reading

KATAKANA: Final = re.compile("[\u30a1-\u30fa\u30fc]+")
"""What a word in katakana is made of."""

_REMEMBERED: Final = 1 << 16
_ABBREVIATION: Final = re.compile(r"(?:[A-Z]\.?){2,6}")
_WORD: Final = re.compile(r"[^\W\d_]+")
_CAPITALISED: Final = re.compile(r"[A-ZÀ-Þ][^\W\d_]+")
_LONG_WORD: Final = re.compile("[A-Za-z]{4,}")
_SENTENCE_BEGINS: Final = re.compile(r"(?:^|[.!?:;|\"“(])[\s\"“(]*$")
_LEAST_LOWER_CASE: Final = 0.3
# Of every country: who writes of one's police need not write of the other's.
_EVERY_COUNTRYS: Final = frozenset({"org:government", "org:parliament", "org:police"})
# Endings of words that are made of other words, which names of people and places hardly have.
_DERIVED: Final = re.compile(
    "[A-Za-z]{4}(?:ally|ary|ctor|ed|eur|hood|ical|ing|istic|ity|ive|ment|ness|ship|stic|sion|tion)s?$"
)
# Farther apart than spellings of one name are, but not by so much that chance brings them together.
_NEAR: Final = 0.21
_LEAST_NEAR: Final = 4
_LEAST_JOINED: Final = 6
_MOST_LETTERS_A_KANA: Final = 3
_LEAST_STEM: Final = 3
_LONGEST_ENDING: Final = 4


def tells(word: NameWord, source: Reading, text: Reading) -> bool:
    """Tell whether a word of a text is surely a name, and no poor spelling of one of the source's.

    Args:
        word: The word.
        source: The source.
        text: The text that the word is of.
    """
    if word.keys & _EVERY_COUNTRYS or (not word.keys and _is_like_any(word.text, source)):
        return False
    return is_name_anywhere(word, text) or _is_name_by_capital(word, source, text)


def is_name_anywhere(word: NameWord, text: Reading) -> bool:
    """Tell whether a word is a name even where any word has a capital: one of a table, one in romaji, one in Japanese."""
    return bool(word.keys) or text.lang == "ja" or bool(is_romaji(word.text))


def begins_sentence(word: NameWord, text: Reading) -> bool:
    """Tell whether a word has a capital only because a sentence begins with it, or may have."""
    return _SENTENCE_BEGINS.search(text.text, 0, word.start) is not None


def _is_name_by_capital(word: NameWord, source: Reading, text: Reading) -> bool:
    """Tell whether the capital of an English word can only be a name's."""
    plain = word.text.casefold()
    if plain in read_word_list("english_not_people.txt") or _DERIVED.search(word.text):
        return False
    return not (_is_in_title_case(text.text) or _is_gloss(plain, source.text))


def is_abbreviation(word: NameWord) -> bool:
    """Tell whether a word is an abbreviation that no table knows, which translations write out."""
    return not word.keys and _ABBREVIATION.fullmatch(word.text) is not None


def is_loan(word: NameWord) -> bool:
    """Tell whether a word that is taken for a name of anything is one of the dictionary's in katakana: パンデミック."""
    lexicon = load_lexicon()
    return (
        lexicon is not None
        and word.kind == "other"
        and bool(KATAKANA.fullmatch(word.text) and lexicon.stems([word.text]))
    )


@lru_cache(maxsize=_REMEMBERED)
def _is_in_title_case(text: str) -> bool:
    words: list[str] = _LONG_WORD.findall(text)
    return sum(word[0].islower() for word in words) < _LEAST_LOWER_CASE * len(words)


def _is_gloss(word: str, source: str) -> bool:
    """Tell whether a word is what a dictionary gives for a word of the source."""
    return any(word.startswith(stem) and len(word) - len(stem) <= _LONGEST_ENDING for stem in _glosses(source))


@lru_cache(maxsize=_REMEMBERED)
def _glosses(source: str) -> tuple[str, ...]:
    """Give the stems of the English words for the words of a Japanese text."""
    lexicon = load_lexicon()
    if lexicon is None:
        return ()
    tokens = tokenise([source], "ja")[0]
    terms = {term for token in tokens for term in (token.lemma, source[token.start : token.end])}
    found = {stem for stems in lexicon.stems(terms).values() for stem in stems if len(stem) >= _LEAST_STEM}
    return tuple(sorted(found))


def _is_like_any(word: str, source: Reading) -> bool:
    """Tell whether a word may be a poor spelling of a name, or of some words, of the source."""
    if source.lang == "ja":
        return any(_is_near(word, part) for part in KATAKANA.findall(source.text))
    if not KATAKANA.fullmatch(word):
        return False
    return any(_is_near(name, word) for name in _CAPITALISED.findall(source.text)) or (
        len(word) >= _LEAST_JOINED
        and any(
            transliteration_distance(phrase.casefold(), word) <= SAME_NAME
            for phrase in _phrases(source.text)
            if len(word) <= len(phrase) <= _MOST_LETTERS_A_KANA * len(word)
        )
    )


def _is_near(latin: str, kana: str) -> bool:
    return min(len(latin), len(kana)) >= _LEAST_NEAR and transliteration_distance(latin.casefold(), kana) <= _NEAR


@lru_cache(maxsize=_REMEMBERED)
def _phrases(text: str) -> tuple[str, ...]:
    """Give two and three words of an English text as one, from a capital on: katakana may write them without a dot."""
    words = _WORD.findall(text)
    starts = [at for at, word in enumerate(words) if word[0].isupper()]
    joined = ("".join(words[at : at + count]) for at in starts for count in (2, 3) if at + count <= len(words))
    return tuple(dict.fromkeys(joined))

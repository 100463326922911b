"""How often a headline denies something, counted alike in both languages.

A sentence and its translation deny about equally often, whatever it is that they deny: one 'not' more than the other
has tells a headline from one that says the opposite. What a negation turns around `alignkit.text.polarity` reads.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from alignkit.text.data import read_rows
from alignkit.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from alignkit.schema import Language
    from alignkit.text.tokens import Token

_ALSO_A_NOUN_ENDING: Final = "ん"


def count_negations(text: str, lang: Language) -> int:
    """Give how many negations a text has.

    In English these are words such as 'not', 'never' and 'without', also 'n't' and the prefix 'non-', but not the 'No.' of
    numbers. In Japanese they are ない, ず, ません, なし and their like, and the prefixes 不, 無, 未 and 非 where MeCab
    takes them for words; the negations of かもしれない, なければならない and such deny nothing and do not count.

    Args:
        text: The text, published or normalised.
        lang: The language that it is in.
    """
    if lang == "en":
        return len(_english().findall(text))
    return _count_japanese(text, tokenise([text], "ja")[0])


def _count_japanese(text: str, tokens: Sequence[Token]) -> int:
    words, prefixes = _words("ja", "word"), _words("ja", "prefix")
    lemmas = [token.lemma for token in tokens]
    count = at = 0
    while at < len(tokens):
        token = tokens[at]
        idiom = next((row for row in _idioms().get(token.lemma, ()) if lemmas[at : at + len(row)] == row), None)
        if idiom is not None:
            at += len(idiom)
            continue
        if token.kind == "affix":
            count += text[token.start : token.end] in prefixes
        else:
            count += token.lemma in words and (token.lemma != _ALSO_A_NOUN_ENDING or token.kind == "function")
        at += 1
    return count


@cache
def _english() -> re.Pattern[str]:
    words, prefixes = ("|".join(sorted(_words("en", kind))) for kind in ("word", "prefix"))
    return re.compile(rf"\b(?:{words})\b(?!\. ?\d)|n['’]t\b|\b(?:{prefixes})", re.IGNORECASE)


@cache
def _words(lang: Language, kind: str) -> frozenset[str]:
    return frozenset(word for language, of, word in read_rows("negations.tsv") if (language, of) == (lang, kind))


@cache
def _idioms() -> Mapping[str, list[list[str]]]:
    """Give the rows of words that deny nothing, by the first word."""
    idioms: dict[str, list[list[str]]] = {}
    for idiom in _words("ja", "none"):
        lemmas = idiom.split(" ")
        idioms.setdefault(lemmas[0], []).append(lemmas)
    return idioms

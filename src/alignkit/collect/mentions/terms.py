"""What to look for: the names, numbers and words of a headline, in the language of the outlet to look in."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

from alignkit.text.lexicon.compiler import read_headline_terms
from alignkit.text.names import read_names
from alignkit.text.names.tables import japanese_terms
from alignkit.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignkit.schema import Language
    from alignkit.text.names.model import Name
    from alignkit.text.tokens import Token

_MOST: Final = 8
_LEAST_CHARACTERS: Final = 2
_TRANSLATED_BY: Final = ("country:", "place:", "org:", "office:")
_SEARCHED: Final = frozenset({"name", "noun", "number"})


def query_terms(headline: str, lang: Language, target: Language) -> tuple[str, ...]:
    """Give the terms by which a headline's story can be found in an outlet of a language.

    For an outlet in Japanese, names of our tables and words of the lexicon's headline terms in an English headline are given
    in Japanese; what they do not have stays as it is written.

    Args:
        headline: The headline.
        lang: Its language.
        target: The outlet's language.

    Returns:
        At most eight terms in the order of the headline, names and numbers before other words.
    """
    names = [name for name in read_names([headline], "en")[0] if name.kind != "other"] if lang == "en" else []
    covered = {place for name in names for place in range(name.start, name.end)}
    tokens = [token for token in tokenise([headline], lang)[0] if token.start not in covered]
    runs = list(_runs(tokens, joined=lang == "ja"))
    first = [(name.start, _of_name(name, target)) for name in names]
    # English tokens that begin with a capital are called names, whatever they are; those that are were read above.
    leading = {"number"} if lang == "en" else {"number", "name"}
    first += [(start, headline[start:end]) for kind, start, end in runs if kind in leading]
    words = [headline[start:end] for kind, start, end in runs if kind not in leading]
    if lang == "en" and target == "ja":
        words = [_headline_terms().get(word.lower(), word) for word in words]
    words = [word for word in words if len(word) >= _LEAST_CHARACTERS]
    return tuple(dict.fromkeys([*(term for _, term in sorted(first)), *words]))[:_MOST]


def _runs(tokens: list[Token], *, joined: bool) -> Iterator[tuple[str, int, int]]:
    """Give kind and span of names, numbers and nouns; those of a kind that touch are one where words are joined."""
    kind, start, end = "", 0, 0
    for token in tokens:
        if joined and token.kind == kind and token.start == end:
            end = token.end
            continue
        if kind in _SEARCHED:
            yield kind, start, end
        kind, start, end = token.kind, token.start, token.end
    if kind in _SEARCHED:
        yield kind, start, end


def _of_name(name: Name, target: Language) -> str:
    """Give a name in the target language: the form that our tables have, or the name as written."""
    if target == "en":
        return name.text
    keys = sorted(key for key in name.keys if key.startswith(_TRANSLATED_BY))
    return next((_japanese_names()[key] for key in keys if key in _japanese_names()), name.text)


@cache
def _japanese_names() -> dict[str, str]:
    """Give the shortest Japanese form of two characters or more that stands for one thing alone, by its key."""
    forms: dict[str, list[str]] = defaultdict(list)
    for form, term in japanese_terms().items():
        for key in term.keys:
            if key.startswith(_TRANSLATED_BY) and len(form) >= _LEAST_CHARACTERS:
                forms[key].append(form)
    return {key: min(found, key=len) for key, found in forms.items()}


@cache
def _headline_terms() -> dict[str, str]:
    """Give the shortest Japanese headline term for an English word: one for which that word stands first."""
    found: dict[str, str] = {}
    for term, glosses in read_headline_terms():
        word = glosses[0].lower()
        if " " not in word and len(term) >= _LEAST_CHARACTERS:
            found[word] = min(term, found.get(word, term), key=len)
    return found

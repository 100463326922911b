"""What the makers of rivals share: the lists of rivals.toml, and how a word of them is drawn and put into a text."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST: Final = 6
"""How many copies of a sentence are made at most."""
WORDS: Final = Path(__file__).with_name("rivals.toml")
ARTICLE: Final = re.compile(r"\b([Aa])n? $")
LONGEST_ACRONYM: Final = 3


class Place(NamedTuple):
    """Something in a text that can be exchanged.

    Attributes:
        spans: Where it stands; all are exchanged alike.
        choices: What can be put there, in the order in which it is taken.
    """

    spans: tuple[tuple[int, int], ...]
    choices: list[str]


def exchange(text: str, spans: Iterable[tuple[int, int]], new: str) -> str:
    """Put a text in the place of spans of another, with 'a' or 'an' before it as it needs."""
    for start, end in sorted(spans, reverse=True):
        before = text[:start]
        if new[:1].isalpha() and (article := ARTICLE.search(before[-4:])):
            right = article[1] + ("n " if new[0].lower() in "aeiou" else " ")
            before = before[: len(before) - len(article[0])] + right
        text = before + new + text[end:]
    return text


@cache
def lists(section: str) -> Mapping[str, Any]:
    """Give a section of the lists."""
    content: dict[str, Any] = tomllib.loads(WORDS.read_text(encoding="utf-8"))[section]
    return content


def any_of(terms: Iterable[str]) -> str:
    """Give a pattern of any of some terms, the longest first."""
    return "(?:" + "|".join(re.escape(term) for term in sorted(terms, key=lambda term: (-len(term), term))) + ")"


def drawn(choices: Iterable[str], chooser: random.Random, text: str) -> list[str]:
    """Draw some choices of those that do not stand in the text, which would say them twice."""
    lowered = text.lower()
    kept = [choice for choice in choices if choice.lower() not in lowered]
    return chooser.sample(kept, min(len(kept), MOST))


def like(new: str, old: str) -> str:
    """Write a word with capitals as another has them."""
    if old.isupper() and "." not in old and len(old) > LONGEST_ACRONYM:
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def exchanged(matches: Iterable[re.Match[str]], row: Sequence[str], chooser: random.Random) -> Iterator[Place]:
    """Find words of a row, each to be exchanged for another of it: each match's group 'x', or all of it."""
    for match in matches:
        group: str | int = "x" if "x" in match.re.groupindex else 0
        others = [word for word in row if word.lower() != match[group].lower()]
        choices = drawn(others, chooser, match.string)
        yield Place((match.span(group),), [like(word, match[group]) for word in choices])

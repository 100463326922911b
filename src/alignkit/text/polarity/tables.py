"""The word tables beside this file, each loaded when it is first needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alignkit.schema import Language
    from alignkit.text.polarity.model import Sign

Reach = Literal["", "forward", "backward", "both", "after", "before"]
"""What a negation negates: nothing; in English what comes forward, backward or both; in Japanese what it stands after
or before."""

_NO_REACH: Final[Reach] = ""
_MARKS: Final = "=@~"


class Meaning(NamedTuple):
    """What a word can be a cue of.

    Attributes:
        concept: The concept.
        sign: Which of its two sides.
        needs_subject: Whether it is one only near a word that the concept is about.
    """

    concept: str
    sign: Sign
    needs_subject: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What the tables say of a word or phrase; one that has neither meanings nor reach is to be passed over.

    Attributes:
        meanings: What it can be a cue of.
        reach: What it negates.
    """

    meanings: tuple[Meaning, ...] = ()
    reach: Reach = _NO_REACH


class Listed(NamedTuple):
    """A word of the table of concepts.

    Attributes:
        mark: '=', '@', '~', or '' (the table says what they mean); '#' is part of the word.
        word: The word or phrase as the table has it.
        meaning: Its meaning.
    """

    mark: str
    word: str
    meaning: Meaning


def listed_words(lang: Language) -> Iterator[Listed]:
    """Give the words of the table of concepts in their order; a word comes once for each of its meanings."""
    for concept, sign, _, *words in _rows("concepts.tsv"):
        for entry in words[lang == "ja"].split(", "):
            mark = entry[0] if entry[0] in _MARKS else ""
            meaning = Meaning(concept, 1 if sign == "+" else -1, mark == "@")
            yield Listed(mark, entry.removeprefix(mark), meaning)


def negations(lang: Language) -> Iterator[tuple[str, Reach]]:
    """Give the words that negate, as the table has them, with what each negates."""
    for language, kind, word in _rows("negations.tsv"):
        if language == lang and kind not in {"break", "bridge"}:
            yield word, cast("Reach", kind)


@cache
def between(lang: Language) -> frozenset[str]:
    """Give the English words that end a clause, or the Japanese lemmas that a negation reaches across."""
    kind = "bridge" if lang == "ja" else "break"
    return frozenset(word for language, in_kind, word in _rows("negations.tsv") if (language, in_kind) == (lang, kind))


def neutral_phrases(lang: Language) -> Iterator[str]:
    """Give the phrases that are to be passed over, as the table has them."""
    return (phrase for language, phrase in _rows("neutral.tsv") if language == lang)


@cache
def subjects(lang: Language) -> dict[str, str]:
    """Give what goes up or down, by the word as written, with the special case that it makes."""
    return {word: concept for language, word, concept in _rows("subjects.tsv") if language == lang}


@cache
def loose_concepts() -> frozenset[str]:
    """Give the concepts that may agree but never conflict."""
    return frozenset(concept for concept, _, firmness, *_ in _rows("concepts.tsv") if firmness == "loose")


def merged(meanings: Iterable[tuple[str, Meaning]], reaches: Iterable[tuple[str, Reach]]) -> dict[str, Entry]:
    """Give one entry a key, with all of its meanings and its reach."""
    by_key: dict[str, dict[Meaning, None]] = {}
    for key, meaning in meanings:
        by_key.setdefault(key, {})[meaning] = None
    reach_of = dict(reaches)
    return {
        key: Entry(tuple(by_key.get(key, ())), reach_of.get(key, _NO_REACH))
        for key in dict.fromkeys([*by_key, *reach_of])
    }


@cache
def _rows(name: str) -> tuple[list[str], ...]:
    content = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return tuple(line.split("\t") for line in content.splitlines() if line and not line.startswith("#"))
